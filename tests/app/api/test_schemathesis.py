"""Schemathesis against the running server: data that fit the description and data that do not, every check.

What is expected where, and why, stands in ``schemathesis.toml``. ``make test`` takes few examples of each operation;
with FUZZ=1 (``make fuzz``) it is many.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.app.api.servers import ALL, Server

ROOT: Final = Path(__file__).resolve().parents[3]
CONFIG: Final = Path(__file__).with_name("schemathesis.toml")
SEED: Final = "20261126"
LONG: Final = bool(os.environ.get("FUZZ"))
#: Examples of each operation, or chains of them, where data are drawn; the others are what the description makes them.
DRAWN: Final = {"drawn": "60", "in steps": "300"} if LONG else {"drawn": "2", "in steps": "10"}
#: Of the bounds of a description, a hundred cases at once need a minute of a processor, and a hundred articles half
#: of one; both operations are drawn from all the same.
LEFT_OUT: Final = () if LONG else ("--exclude-operation-id", "decide_batch", "--exclude-operation-id", "ask")
PHASES: Final = {"described": "examples,coverage", "drawn": "fuzzing", "in steps": "stateful"}
#: Only after a chain of others, whose values are drawn, has made a turn with an article (a drawn one seldom has any).
#: That they succeed on what is right is the example requests' to show (``test_openapi``), not this file's.
AFTER_OTHERS: Final = frozenset(
    {
        "GET /v1/threads/{thread_id}/turns/{number}",
        "GET /v1/threads/{thread_id}/turns/{number}/export",
        "POST /v1/reviews",
        "GET /v1/reviews/{review_id}",
        "GET /v1/reviews/{review_id}/export",
        "GET /v1/reviews/{review_id}/revisions/{number}",
        "POST /v1/reviews/{review_id}/resubmission",
        "POST /v1/reviews/{review_id}/steps",
    }
)


@dataclass(frozen=True)
class Ran:
    """``done``: operations that were answered with success at least once."""

    code: int
    output: str
    done: frozenset[str]


Run = Callable[[str], Ran]


@pytest.fixture(scope="module")
def ran(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a phase, each once."""
    return cache(lambda phase: _run(server, phase, tmp_path_factory.mktemp("schemathesis")))


def _run(server: Server, phase: str, folder: Path) -> Ran:
    told = folder / "done"
    told.touch()
    key = server.key(*ALL, tenant=f"described-{phase.replace(' ', '-')}")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG)),
            *("run", f"{server.url}/openapi.json", "--seed", SEED),
            *(LEFT_OUT if phase == "described" else ()),
            *("--phases", PHASES[phase], "--max-examples", DRAWN.get(phase, "1"), "--generation-database", "none"),
        ],
        env={**os.environ, "API_KEY": key, "DONE": str(told), "NO_COLOR": "1", "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=3_600,
    )
    lines = told.read_text(encoding="utf-8").splitlines()
    return Ran(done.returncode, done.stdout + done.stderr, frozenset(lines))


@pytest.mark.parametrize("phase", PHASES)
def test_the_server_does_what_its_description_says(ran: Run, phase: str) -> None:
    found = ran(phase)
    assert found.code == 0, found.output[-20_000:]
    selected = re.search(r"([0-9]+) selected", found.output)
    assert selected is not None
    assert int(selected[1]) > 40, "operations"


def test_no_operation_refuses_all_it_is_sent(server: Server, ran: Run) -> None:
    described = httpx.get(f"{server.url}/openapi.json", timeout=60).json()["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    done = frozenset[str]().union(*(ran(phase).done for phase in PHASES))
    assert operations >= done | AFTER_OTHERS
    assert sorted(operations - done - AFTER_OTHERS) == []
