"""A server in a process of its own, as an assistant starts it, and the official client in front of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent, Tool

from app.cli import main

SECONDS = 120


@dataclass(frozen=True)
class Session:
    """A client's session; each call is made from the test's own thread."""

    client: Client
    portal: BlockingPortal
    log: Path

    def call(self, name: str, **arguments: object) -> CallToolResult:
        found: CallToolResult = self.portal.call(self.client.call_tool, name, arguments)
        return found

    def tools(self) -> dict[str, Tool]:
        return {tool.name: tool for tool in self.portal.call(self.client.list_tools).tools}


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


@contextmanager
def opened(command: list[str], environment: dict[str, str], log: Path, *, mode: str = "auto") -> Iterator[Session]:
    parameters = StdioServerParameters(command=command[0], args=command[1:], env=environment, cwd=log.parent)
    with log.open("w", encoding="utf-8") as errors, start_blocking_portal() as portal:
        client = Client(stdio_client(parameters, errlog=errors), read_timeout_seconds=SECONDS, mode=mode)
        with portal.wrap_async_context_manager(client):
            yield Session(client, portal, log)


@pytest.fixture(scope="session")
def command(program: list[str]) -> list[str]:
    return [*program, "mcp"]


@pytest.fixture(scope="session")
def session(
    command: list[str], environment: dict[str, str], ready: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """Shared: no tool changes anything."""
    with opened(command, environment, tmp_path_factory.mktemp("mcp") / "stderr") as found:
        yield found


Printed = Callable[..., str]


@pytest.fixture
def printed(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Printed:
    """What a command prints. In this process: a dozen of their own would cost half a minute."""
    monkeypatch.setenv("GUIDELINE_QA_HOME", environment["GUIDELINE_QA_HOME"])

    def run_here(*arguments: str) -> str:
        capfdbinary.readouterr()
        assert main(arguments) == 0
        return capfdbinary.readouterr().out.decode()

    return run_here


@dataclass
class Wire:
    """The bare process: what the official client would refuse to send."""

    process: subprocess.Popen[bytes]

    def send(self, line: bytes | dict[str, object]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n")
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def request(self, identifier: int, method: str, **params: object) -> None:
        self.send({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params})

    def initialize(self) -> dict[str, Any]:
        about = {"name": "test", "version": "1"}
        self.request(1, "initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo=about)
        answer = self.receive()
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return answer

    def close(self) -> int:
        """As a client that ends; the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(timeout=30)


NewWire = Callable[..., Wire]


@pytest.fixture
def new_wire(command: list[str], environment: dict[str, str], tmp_path: Path) -> Iterator[NewWire]:
    """Starts servers, with further options and changes to their environment; their stderr is ``tmp_path / "log"``."""
    started: list[subprocess.Popen[bytes]] = []
    log: TextIO = (tmp_path / "log").open("w", encoding="utf-8")

    def start(*options: str, **changes: str) -> Wire:
        process = subprocess.Popen(
            [*command, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment | changes,
            cwd=tmp_path,
        )
        started.append(process)
        return Wire(process)

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.stdout.close()
    log.close()
