"""The options of the web server, as they work together."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.api.uvicorn_options import uvicorn_options
from tests.app.api.middleware.served import Answer, connected, read_answer, request, sent, served

FORWARDED = ("X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https", "Connection: close")


def _sender(request: Request) -> Response:
    assert request.client is not None
    return PlainTextResponse(f"{request.client.host} {request.url.scheme}")


async def _slow(request: Request) -> Response:
    BEGUN.set()
    await asyncio.sleep(0.5)
    return PlainTextResponse("finished")


BEGUN = threading.Event()
APP = Starlette(routes=[Route("/", _sender), Route("/slow", _slow)])


@pytest.mark.parametrize(
    ("trusted", "told"),
    [
        ([], b"127.0.0.1 http"),
        (["192.0.2.1"], b"127.0.0.1 http"),
        (["127.0.0.1"], b"192.0.2.7 https"),
        (["127.0.0.0/8"], b"192.0.2.7 https"),
    ],
)
def test_only_a_trusted_proxy_says_who_the_sender_is(trusted: list[str], told: bytes) -> None:
    options = uvicorn_options(trusted_proxies=trusted) | {"log_config": None}
    with served(APP, **options) as port:
        assert sent(port, request("GET", "/", *FORWARDED)).body == told


def test_beyond_its_connections_a_worker_says_so_at_once() -> None:
    options = uvicorn_options(connections=5) | {"log_config": None}
    with served(APP, **options) as port, ExitStack() as idle:
        assert sent(port, request("GET", "/")).status == 200
        for _ in range(5):
            idle.enter_context(connected(port))
        assert sent(port, request("GET", "/")).status == 503
    with served(APP, **options) as port:
        assert sent(port, request("GET", "/")).status == 200


def test_what_was_begun_is_finished_before_the_end() -> None:
    answers: list[Answer] = []
    with ExitStack() as open_connection:
        with served(APP) as port:
            connection = open_connection.enter_context(connected(port))
            connection.sendall(request("GET", "/slow"))
            reader = threading.Thread(target=lambda: answers.append(read_answer(connection)))
            reader.start()
            assert BEGUN.wait(10)
            assert answers == []
        reader.join(5)
    assert [(answer.status, answer.body) for answer in answers] == [(200, b"finished")]
