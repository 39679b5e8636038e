"""The command line as people run it: a process of its own, a cache of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTION = "Is 62321 medically necessary for radiculopathy (M54.12) after a cervical ESI with minimal relief?"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of every process started here; the model is exported and the corpus embedded once in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUIDELINE_QA")}
    return kept | {
        "GUIDELINE_QA_HOME": str(tmp_path_factory.mktemp("home")),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "100",
    }


@pytest.fixture(scope="session")
def program() -> list[str]:
    return [sys.executable, "-m", "app"]


@pytest.fixture(scope="session")
def run(environment: dict[str, str], program: list[str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs ``guideline-qa`` with arguments, text for its stdin, and changes to its environment."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run_command(*arguments: str, stdin: str = "", **changes: str) -> Result:
        done = subprocess.run(
            [*program, *arguments],
            input=stdin.encode(),
            capture_output=True,
            env=environment | changes,
            cwd=elsewhere,
            timeout=300,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_command


@pytest.fixture(scope="session")
def ready(run: Run) -> None:
    """The index exists: later searches are quick and say nothing about progress."""
    assert run("ingest").code == 0


@pytest.fixture
def facts_file(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text('procedure.code: ["62321"]\nprior_injection.given: true\nprior_injection.relief: "40 %"\n')
    return file
