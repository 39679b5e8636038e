"""The API as people run it: ``guideline-qa serve`` in a process, with a database and keys of its own."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ALL = ("read", "write", "review", "admin")
READY_SECONDS = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """``folder`` holds its data, its log, and its database."""

    command: Sequence[str]
    environment: dict[str, str]
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def start(self, *options: str) -> None:
        """Returns when it is ready."""
        self.begin(*options)
        self.wait_until_ready()

    def begin(self, *options: str) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command, "serve", "--port", str(self.port), "--rate", "1000000/minute", *options],
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the server ended: {self.log}"
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError(f"the server is not ready: {self.log}")

    def key(self, *scopes: str, tenant: str = "local", name: str = "test") -> str:
        """A new key with these scopes."""
        asked = [part for scope in scopes for part in ("--scope", scope)]
        made = subprocess.run(
            [*self.command, "keys", "create", "--name", name, "--tenant", tenant, *asked, "--format", "json"],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            check=True,
            timeout=60,
        )
        text: str = json.loads(made.stdout)["key"]
        return text

    def stop(self) -> int:
        """As a supervisor does; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def kill(self) -> None:
        """As a crash does: nothing is put in order."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=30)

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()


def called(server: Server, key: str | None) -> httpx.Client:
    """A bare HTTP client: what leaves it is what the test says."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.Client(base_url=server.url, headers=headers, timeout=120)
