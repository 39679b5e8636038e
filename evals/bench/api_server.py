"""A server of the API as it is run: started, waited for, measured, ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]

from evals.bench.bench import Bench, guideline_qa
from evals.bench.process import LINES_SHOWN, BenchError, Command, Runner

WORKERS = 2
READY_SECONDS = 180.0
STOP_SECONDS = 60.0
#: Seconds between two looks whether it is ready: the figure is too large by half of it.
LOOK_SECONDS = 0.05
#: The processes that call it find the key here: the arguments of a process are anybody's to read.
KEY_VARIABLE = "BENCH_KEY"
#: What the web server logs of each worker that has started.
STARTED = "Application startup complete."
#: Requests are counted, and none is refused.
RATE = "10000000/minute"


@dataclass(frozen=True)
class ApiServer:
    """``ready_seconds``: from the start of its process until one of its workers says that it is ready."""

    url: str
    key: str = field(repr=False)
    process: int
    ready_seconds: float

    def worker_megabytes(self) -> tuple[float, ...]:
        """Memory each worker holds now (resident): of the largest children, for a small one keeps their books."""
        children = psutil.Process(self.process).children()
        held = sorted((child.memory_info().rss / 1e6 for child in children), reverse=True)
        return tuple(held[:WORKERS])


@contextmanager
def serving(bench: Bench) -> Iterator[ApiServer]:
    """A server with a database of its own; it is ended at the end. Raises BenchError where it does not get ready."""
    runner = _runner(bench)
    made = runner.run(guideline_qa("keys create", "keys", "create", "--name", "bench", "--scope", "read"))
    port = _free_port()
    options = ("--port", str(port), "--workers", str(WORKERS), "--rate", RATE, "--corpus", str(bench.corpus))
    command = guideline_qa("guideline-qa serve", "serve", *options)
    started = time.perf_counter()
    process = _started(command, runner, bench.folder / "serve.log")
    try:
        url = f"http://127.0.0.1:{port}"
        log = bench.folder / "serve.log"
        _wait(process, lambda: _answers(url), command, log)
        seconds = time.perf_counter() - started
        _wait(process, lambda: log.read_text(errors="replace").count(STARTED) >= WORKERS, command, log)
        yield ApiServer(url=url, key=made.output.strip(), process=process.pid, ready_seconds=seconds)
    finally:
        _end(process)


def caller(bench: Bench, server: ApiServer) -> Runner:
    """Runs processes that call the server."""
    runner = _runner(bench)
    return replace(runner, environment={**runner.environment, KEY_VARIABLE: server.key})


def _runner(bench: Bench) -> Runner:
    runner = bench.runner
    return replace(runner, environment={**runner.environment, "XDG_DATA_HOME": str(bench.folder / "data")})


def _started(command: Command, runner: Runner, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as said:
        return subprocess.Popen(
            command.arguments,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=dict(runner.environment),
            cwd=runner.directory,
            start_new_session=True,
        )


def _answers(url: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{url}/readyz", timeout=5, trust_env=False).is_success
    return False


def _wait(process: subprocess.Popen[bytes], done: Callable[[], bool], command: Command, log: Path) -> None:
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        if done():
            return
        time.sleep(LOOK_SECONDS)
    why = "ended" if process.poll() is not None else f"was not ready within {READY_SECONDS:g} s"
    said = "\n".join(f"    {line}" for line in log.read_text(errors="replace").splitlines()[-LINES_SHOWN:])
    raise BenchError(f"`{command.name}` {why}. Its last words:\n{said}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """In good order, else with all its workers: they are in a session of their own."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
