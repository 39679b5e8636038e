"""A model server on this machine that speaks the OpenAI protocol and misbehaves as it is told."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler", dict[str, Any]], None]


class Server(ThreadingHTTPServer):
    """``requests`` are the bodies heard, in order."""

    daemon_threads = True

    def __init__(self, *behaviours: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, Any]] = []
        self._behaviours = list(behaviours)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def next_behaviour(self) -> Behaviour:
        """Each once; the last one for ever."""
        return self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is part of the test."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.requests.append(body)
        self.server.next_behaviour()(self, body)

    def send(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name http.server calls
        pass


@contextmanager
def serving(*behaviours: Behaviour) -> Iterator[Server]:
    with Server(*behaviours) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def chunk(text: str, *, finish: str | None = None, usage: bool = False) -> bytes:
    data: dict[str, Any] = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "m",
        "choices": [] if usage else [{"index": 0, "delta": {"content": text}, "finish_reason": finish}],
    }
    if usage:
        data["usage"] = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def says(text: str, *, finish: str = "stop", counts: bool = True) -> Behaviour:
    """Streams the text in pieces."""

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        pieces = [chunk(text[at : at + 20]) for at in range(0, len(text), 20)]
        pieces.append(chunk("", finish=finish))
        if counts:
            pieces.append(chunk("", usage=True))
        handler.send(200, b"".join(pieces) + b"data: [DONE]\n\n", "text/event-stream")

    return behave


def parrots(handler: Handler, body: dict[str, Any]) -> None:
    """Says each passage's first sentence, and cites it."""
    given = body["messages"][1]["content"]
    found = re.findall(r'<passage id="(P\d+)"[^>]*>(.*?)</passage>', given, re.DOTALL)
    claims = [{"text": text.split(". ")[0].rstrip(".") + ".", "passages": [alias]} for alias, text in found]
    says(json.dumps({"claims": claims}))(handler, body)


def fails(status: int, text: str = "no") -> Behaviour:
    def behave(handler: Handler, body: dict[str, Any]) -> None:
        handler.send(status, json.dumps({"error": {"message": text}}).encode())

    return behave


def refuses(*keys: str, then: Behaviour) -> Behaviour:
    """Answers 400 to a request that holds one of the keys with a value, as servers do to what they do not know."""

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        known = body.get("response_format") or {}
        if any(body.get(key) is not None or known.get("type") == key for key in keys):
            fails(400, "unknown field")(handler, body)
        else:
            then(handler, body)

    return behave


def hangs(handler: Handler, body: dict[str, Any]) -> None:
    time.sleep(30)


def drips(handler: Handler, body: dict[str, Any]) -> None:
    """A word now and then, for ever: no single read is slow."""
    _endless(handler, chunk("drip "), pause=0.05)


def floods(handler: Handler, body: dict[str, Any]) -> None:
    _endless(handler, chunk("flood " * 500), pause=0)


def talks_garbage(handler: Handler, body: dict[str, Any]) -> None:
    handler.send(200, b"data: {not json\n\n\x00\xff\xfe" * 50, "text/event-stream")


def hangs_up(handler: Handler, body: dict[str, Any]) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.send_header("content-length", "100000")
    handler.end_headers()
    handler.wfile.write(chunk('{"claims": [{"text": "Half'))
    handler.close_connection = True


def _endless(handler: Handler, piece: bytes, *, pause: float) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.end_headers()
    with suppress(OSError):
        for _ in range(20_000):
            handler.wfile.write(piece)
            time.sleep(pause)
