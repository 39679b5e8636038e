"""What every request passes on its way in and out; each is a plain ASGI callable, so that streams stay streams."""
