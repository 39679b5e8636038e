"""Connections that send no request, or half of one, or read no answer."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from app.api.connections import GuardedProtocol
from tests.app.api.middleware.served import connected, read_answer, request, sent, served

SECONDS = 0.6
BYTES = 4_096


class _Impatient(GuardedProtocol):
    header_seconds = SECONDS
    header_bytes = BYTES
    reader_seconds = SECONDS


_given_up: list[str] = []


def _hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def _endless(request: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x" * 65_536
                await asyncio.sleep(0)
        finally:
            _given_up.append("endless")

    return StreamingResponse(parts())


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = Starlette(routes=[Route("/", _hello, methods=["GET", "POST"]), Route("/endless", _endless)])
    with served(app, http=_Impatient, timeout_keep_alive=10) as port:
        yield port


def _closed_after(connection: socket.socket) -> float:
    began = time.monotonic()
    try:
        while connection.recv(65_536):
            pass
    except ConnectionResetError:
        pass
    return time.monotonic() - began


def test_a_connection_that_says_nothing_is_ended(port: int) -> None:
    with connected(port, seconds=5) as connection:
        assert _closed_after(connection) < SECONDS + 3


def test_a_header_that_does_not_end_is_given_up_however_often_a_byte_comes(port: int) -> None:
    with connected(port, seconds=5) as connection, pytest.raises((BrokenPipeError, ConnectionResetError)):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        for _ in range(30):
            connection.sendall(b"X-A: b\r\n")
            time.sleep(SECONDS / 6)


def test_a_further_request_has_a_time_limit_of_its_own(port: int) -> None:
    with connected(port, seconds=5) as connection:
        connection.sendall(request("GET", "/"))
        assert read_answer(connection).body == b"hello"
        time.sleep(SECONDS * 1.5)
        connection.sendall(request("GET", "/"))
        assert read_answer(connection).body == b"hello"
        connection.sendall(b"G")
        assert _closed_after(connection) < SECONDS + 3


def test_the_rest_of_a_body_nobody_waits_for_has_a_time_limit_too(port: int) -> None:
    with connected(port, seconds=5) as connection:
        connection.sendall(request("POST", "/", "Content-Length: 1000") + b"x")
        assert read_answer(connection).body == b"hello"
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            for _ in range(30):
                connection.sendall(b"x")
                time.sleep(SECONDS / 6)


@pytest.mark.parametrize(
    "parts",
    [
        [b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * BYTES + b"\r\n\r\n"],
        [b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-A: b\r\n" * BYTES, b"X-A: b\r\n" * BYTES],
        [b"GET /" + b"a" * BYTES, b" HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ],
)
def test_a_header_over_the_limit_is_refused(port: int, parts: list[bytes]) -> None:
    assert sent(port, *parts, pause=0.02).status == 400


def test_a_header_within_the_limit_may_come_in_pieces(port: int) -> None:
    whole = request("GET", "/", *(f"X-{number}: {'a' * 30}" for number in range(80)))
    assert len(whole) < BYTES
    parts = [whole[start : start + 500] for start in range(0, len(whole), 500)]
    assert sent(port, *parts, pause=0.01).body == b"hello"


def test_a_reader_who_takes_nothing_is_left(port: int) -> None:
    _given_up.clear()
    with connected(port) as connection:
        connection.sendall(request("GET", "/endless"))
        ends = time.monotonic() + 5
        while not _given_up and time.monotonic() < ends:
            time.sleep(0.02)
    assert _given_up == ["endless"]


def test_a_slow_but_steady_reader_is_not_left(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(request("GET", "/endless"))
        ends = time.monotonic() + SECONDS * 2.5
        while time.monotonic() < ends:
            assert connection.recv(4_000_000)
            time.sleep(SECONDS / 20)


def test_neither_program_nor_version_is_told(port: int) -> None:
    assert "server" not in sent(port, request("GET", "/", "Connection: close")).headers


def test_nobody_may_upgrade_to_another_protocol(port: int) -> None:
    upgrade = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AA==")
    assert sent(port, request("GET", "/", *upgrade)).status == 200
