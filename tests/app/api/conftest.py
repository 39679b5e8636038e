"""One server for all tests of the API that a process runs, and keys for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.app.api.servers import ALL, Server, called

NewServer = Callable[[], Server]


@pytest.fixture(scope="session")
def new_server(
    environment: dict[str, str], program: list[str], ready: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[NewServer]:
    """Makes servers that are not started yet, each with data of its own."""
    made: list[Server] = []

    def make() -> Server:
        folder = tmp_path_factory.mktemp("server")
        server = Server(program, environment | {"XDG_DATA_HOME": str(folder)}, folder)
        made.append(server)
        return server

    yield make
    for server in made:
        server.end()


@pytest.fixture(scope="session")
def server(new_server: NewServer) -> Server:
    """Started, and shared: a test that changes more than its own tenant takes a new one."""
    found = new_server()
    found.start()
    return found


@pytest.fixture(scope="session")
def all_scopes(server: Server) -> str:
    """A key of the tenant `shared` that may do everything."""
    return server.key(*ALL, tenant="shared")


@pytest.fixture
def http(server: Server, all_scopes: str) -> Iterator[httpx.Client]:
    with called(server, all_scopes) as client:
        yield client
