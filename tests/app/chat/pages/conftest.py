"""The page as people use it: the real server, a database of its own, and a browser."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.app.chat.pages.steps import PATIENCE

READY = "The page is at "

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine can miss a moment: these tests, and no others, get further tries, which are told."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=3))


@dataclass
class Server:
    """``guideline-qa chat`` as a process."""

    command: list[str]
    environment: dict[str, str]
    folder: Path
    address: str = ""
    told: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    def start(self, port: int = 0) -> None:
        self.process = subprocess.Popen(
            [*self.command, "chat", "--no-open", "--port", str(port)],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(line)
            if line.startswith(READY):
                self.address = line.removeprefix(READY).split()[0]
                return
        pytest.fail(f"the server ended: {''.join(self.told)}")

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 0)

    def kill(self) -> None:
        """As a crash does: nothing is put in order."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    def interrupt(self) -> tuple[int, str]:
        """As Ctrl-C does; the exit code, and all that was said."""
        assert self.process is not None and self.process.stdout is not None
        self.process.send_signal(signal.SIGINT)
        rest = self.process.stdout.read()
        return self.process.wait(timeout=30), "".join(self.told) + rest


@pytest.fixture(scope="session")
def new_server(
    environment: dict[str, str], program: list[str], ready: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Server]]:
    """Makes servers that are not started yet, each with data of its own."""
    made: list[Server] = []

    def make() -> Server:
        folder = tmp_path_factory.mktemp("chat")
        own = {"GUIDELINE_QA_DATABASE": f"sqlite:///{folder / 'chat.db'}", "XDG_DATA_HOME": str(folder / "data")}
        made.append(Server(program, environment | own, folder))
        return made[-1]

    yield make
    for server in made:
        if server.process is not None and server.process.poll() is None:
            server.kill()


@pytest.fixture(scope="session")
def server(new_server: Callable[[], Server]) -> Server:
    shared = new_server()
    shared.start()
    return shared


@pytest.fixture
def visit(server: Server, open_page: Callable[..., Page]) -> Iterator[Visit]:
    """Opens a page of the server in a browser of its own. Whatever it asks of any other machine fails the test."""
    asked: list[str] = []
    faults: list[str] = []

    def opened(path: str = "/", *, address: str | None = None, **options: object) -> Page:
        page = open_page("about:blank", **options)
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto((address or server.address) + path)
        return page

    yield opened
    elsewhere = [url for url in asked if urlsplit(url).hostname not in (None, "127.0.0.1")]
    assert not elsewhere, f"the page asked other machines: {elsewhere}"
    assert not faults
