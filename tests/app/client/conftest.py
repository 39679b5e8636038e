"""A real HTTP server that says what a test tells it to, and notes what it was sent."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.client import Client, Retries


@dataclass(frozen=True)
class Sent:
    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes


Reply = Callable[[], Response]


@dataclass
class Desk:
    """``replies`` are given in their order; when there is none left, an empty object."""

    replies: deque[Reply] = field(default_factory=deque)
    sent: list[Sent] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: Request) -> Response:
        query, headers = list(request.query_params.multi_items()), dict(request.headers)
        path = request.scope["raw_path"].decode()
        self.sent.append(Sent(request.method, path, query, headers, await request.body()))
        return self.replies.popleft()() if self.replies else JSONResponse({})

    def says(self, *replies: Reply) -> None:
        self.replies.extend(replies)

    def gives(self, *bodies: Any) -> None:
        self.says(*(lambda body=body: JSONResponse(body) for body in bodies))


@pytest.fixture(scope="session")
def listening() -> Iterator[Desk]:
    desk = Desk()
    methods = ["GET", "POST", "PATCH", "DELETE"]
    app = Starlette(routes=[Route("/{path:path}", desk.answer, methods=methods)])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    desk.url = f"http://127.0.0.1:{port}"
    yield desk
    server.should_exit = True
    thread.join()


@pytest.fixture
def desk(listening: Desk) -> Desk:
    listening.replies.clear()
    listening.sent.clear()
    return listening


@pytest.fixture
def client(desk: Desk) -> Iterator[Client]:
    with Client(desk.url, "gqa_key", retries=Retries(attempts=3, first_wait=0.01, longest_wait=2.0)) as found:
        yield found
