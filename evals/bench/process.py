"""One command run as a process of its own, with its wall time and peak memory."""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launcher.py")
TIMEOUT_SECONDS = 300.0
#: Of the error output of a command that failed.
LINES_SHOWN = 5


class BenchError(Exception):
    """A measured command failed, so there is no figure to report."""


@dataclass(frozen=True)
class Command:
    """`name` is what the table calls it; `arguments` begin with the program's path."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    wall_seconds: float
    peak_mb: float
    output: str


@dataclass(frozen=True)
class Runner:
    """Where and with which environment commands run."""

    environment: Mapping[str, str]
    directory: Path
    timeout_seconds: float = TIMEOUT_SECONDS

    def run(self, command: Command) -> Run:
        """Raises BenchError when the command cannot be started, fails or does not end in time."""
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report"
            code, output, errors = self._launch(command, report)
            if code != 0 or not report.is_file():
                raise BenchError(_failure(command, code, errors))
            wall, peak = report.read_text().split()
        return Run(wall_seconds=float(wall), peak_mb=float(peak) / 1e6, output=output)

    def _launch(self, command: Command, report: Path) -> tuple[int, str, str]:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(LAUNCHER), str(report), *command.arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            env=dict(self.environment),
            cwd=self.directory,
            start_new_session=True,
        )
        try:
            output, errors = process.communicate(timeout=self.timeout_seconds)
        except subprocess.TimeoutExpired:
            raise BenchError(
                f"`{command.name}` did not end within {self.timeout_seconds:g} s and was stopped. "
                f"Run it alone to see why: {_line(command)}"
            ) from None
        finally:
            _stop(process)
        return process.returncode, output, errors


def _stop(process: subprocess.Popen[str]) -> None:
    """End the launcher and what it started, also when the measurement is interrupted."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _failure(command: Command, code: int, errors: str) -> str:
    said = errors.strip().splitlines()[-LINES_SHOWN:] or ["nothing"]
    words = "\n".join(f"    {line.rstrip()}" for line in said)
    return f"`{command.name}` failed (exit code {code}). It said:\n{words}\nRun it alone to see why: {_line(command)}"


def _line(command: Command) -> str:
    return shlex.join(command.arguments)
