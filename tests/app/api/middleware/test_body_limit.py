"""Bodies too large or too slow, sent to a real server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import Body, FastAPI, Request
from starlette.responses import StreamingResponse

from app.api.faults import handle_problems
from app.api.middleware.body_limit import BodyLimit
from tests.app.api.middleware.served import Answer, connected, read_answer, request, sent, served

LIMIT = 1_000
LARGE = 5_000
SECONDS = 0.7


def _app() -> FastAPI:
    app = FastAPI()
    app.add_middleware(BodyLimit, limits={"/large": LARGE}, default=LIMIT, seconds=SECONDS)
    handle_problems(app)

    @app.post("/json")
    def json(value: dict[str, str] = Body()) -> int:  # noqa: B008  FastAPI's way
        return sum(map(len, value.values()))

    @app.post("/large/raw")
    @app.post("/raw")
    async def raw(request: Request) -> int:
        return len(await request.body())

    @app.post("/careless")
    async def careless(request: Request) -> str:
        try:
            await request.body()
        except Exception:
            return "swallowed"
        return "read"

    @app.post("/unread")
    async def unread() -> str:
        return "done"

    @app.post("/slow-answer")
    async def slow_answer(request: Request) -> StreamingResponse:
        await request.body()

        async def parts() -> AsyncIterator[bytes]:
            for _ in range(3):
                await asyncio.sleep(SECONDS / 2)
                yield b"part"

        return StreamingResponse(parts())

    return app


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(_app()) as port:
        yield port


def _chunked(*sizes: int) -> list[bytes]:
    return [b"%x\r\n%s\r\n" % (size, b"x" * size) for size in sizes] + [b"0\r\n\r\n"]


def _post(port: int, path: str, size: int) -> Answer:
    return sent(port, request("POST", path, f"Content-Length: {size}"), b"x" * size)


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/raw", 0, 200),
        ("/raw", LIMIT, 200),
        ("/raw", LIMIT + 1, 413),
        ("/large/raw", LARGE, 200),
        ("/large/raw", LARGE + 1, 413),
        ("/unread", LIMIT + 1, 413),
        ("/nowhere", LIMIT + 1, 413),
    ],
)
def test_a_body_is_read_up_to_the_limit_of_its_path(port: int, path: str, size: int, status: int) -> None:
    assert _post(port, path, size).status == status


@pytest.mark.parametrize("path", ["/raw", "/json", "/careless"])
@pytest.mark.parametrize("sizes", [(LIMIT + 1,), (LIMIT, 1), (1,) * (LIMIT + 1)])
def test_a_body_of_unknown_length_is_counted_whatever_the_route_makes_of_it(
    port: int, path: str, sizes: tuple[int, ...]
) -> None:
    head = request("POST", path, "Transfer-Encoding: chunked", "Content-Type: application/json")
    answer = sent(port, head, b"".join(_chunked(*sizes)))
    assert (answer.status, answer.problem["type"], answer.problem["where"]) == (413, "/problems/too-large", "body")


def test_a_chunked_body_at_the_limit_is_read(port: int) -> None:
    assert sent(port, request("POST", "/raw", "Transfer-Encoding: chunked"), *_chunked(LIMIT)).body == b"1000"


def test_what_is_announced_too_large_is_refused_before_it_is_sent(port: int) -> None:
    answer = sent(port, request("POST", "/raw", "Content-Length: 999999999999"))
    assert answer.status == 413
    assert "1000 bytes" in answer.problem["detail"]


def test_who_sends_far_too_much_still_gets_to_read_why(port: int) -> None:
    answer = _post(port, "/raw", 8_000_000)
    assert answer.status == 413
    assert answer.headers["connection"] == "close"


def test_a_sender_who_asks_first_is_not_told_to_go_on(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(request("POST", "/raw", "Content-Length: 5000", "Expect: 100-continue"))
        assert read_answer(connection).status == 413
        began = time.monotonic()
        assert connection.recv(1) == b""
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("path", ["/raw", "/json", "/careless"])
def test_a_body_that_does_not_end_in_time_is_given_up(port: int, path: str) -> None:
    head = request("POST", path, "Content-Length: 100", "Content-Type: application/json")
    began = time.monotonic()
    answer = sent(port, head, b"x", b"x", pause=SECONDS / 4)
    assert (answer.status, answer.problem["type"]) == (408, "/problems/request-timeout")
    assert SECONDS <= time.monotonic() - began < SECONDS + 5


def test_a_trickle_does_not_extend_the_time(port: int) -> None:
    head = request("POST", "/raw", "Content-Length: 10")
    assert sent(port, head, *[b"x"] * 10, pause=SECONDS / 5).status == 408


def test_the_time_is_that_of_the_body_not_of_the_answer(port: int) -> None:
    answer = sent(port, request("POST", "/slow-answer", "Content-Length: 2", "Connection: close"), b"{}")
    assert answer.status == 200
    assert answer.body.count(b"part") == 3


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 2", "Content-Length: 2"),
        ("Content-Length: 2", "Content-Length: 3"),
        ("Content-Length: 2, 2",),
        ("Content-Length: +2",),
        ("Content-Length: -1",),
        ("Content-Length: 0x2",),
        ("Content-Length: 2", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: identity, chunked, gzip",),
        (f"Content-Length: {'9' * 5000}",),
    ],
)
def test_a_length_that_leaves_doubt_is_refused(port: int, headers: tuple[str, ...]) -> None:
    assert 400 <= sent(port, request("POST", "/raw", *headers), b"{}").status < 500


def test_the_connection_is_good_for_a_further_request_after_a_body_within_the_limit(port: int) -> None:
    with connected(port) as connection:
        for _ in range(2):
            connection.sendall(request("POST", "/raw", "Content-Length: 3") + b"abc")
            assert read_answer(connection).body == b"3"
