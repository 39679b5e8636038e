"""One run of the server, from its start to the end of its client."""

from __future__ import annotations

import signal

import anyio

from app.mcp.server import serve
from app.mcp.sources import Sources


def run(sources: Sources) -> None:
    """Serve until stdin is closed. Raises ``BrokenPipeError`` when the client is gone before that."""
    # A line that is waited for cannot be given up: Ctrl-C ends the process, which has nothing to put in order.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gone = False
    try:
        anyio.run(serve, sources)
    except* BrokenPipeError:
        gone = True
    if gone:
        raise BrokenPipeError
