"""A real web server around a small app, and plain sockets to talk to it as no well-behaved client would."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from app.api.uvicorn_options import uvicorn_options


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        assert self.headers["content-type"] == "application/problem+json"
        found: dict[str, Any] = json.loads(self.body)
        return found


@contextmanager
def served(app: ASGIApp, **options: Any) -> Iterator[int]:
    """The port of the app on this machine, run with the options of the real server."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    options = {"lifespan": "off", **uvicorn_options(), "log_config": None, **options}
    server = uvicorn.Server(uvicorn.Config(app, **options))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    listening.close()


@contextmanager
def connected(port: int, *, seconds: float = 10.0) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        yield connection


def sent(port: int, *parts: bytes, pause: float = 0.0) -> Answer:
    """The parts, with pauses between, and what the server answered until it closed the connection."""
    with connected(port) as connection:
        for number, part in enumerate(parts):
            if number:
                time.sleep(pause)
            connection.sendall(part)
        return read_answer(connection)


def read_answer(connection: socket.socket) -> Answer:
    """One answer whose length is told, or that ends with the connection."""
    read = b""
    while b"\r\n\r\n" not in read:
        part = connection.recv(65_536)
        if not part:
            raise ConnectionError("the server closed the connection without an answer")
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    length = int(headers["content-length"]) if "content-length" in headers else None
    while length is None or len(body) < length:
        part = connection.recv(65_536)
        if not part:
            break
        body += part
    return Answer(int(first.split(" ")[1]), headers, body)


def request(method: str, path: str, *headers: str, host: str = "localhost") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")
