"""Two processes, each fresh, in surroundings as unlike as one machine allows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.repeatability.orders import Orders
from evals.repeatability.trace import Answered, Trace

ROOT = Path(__file__).resolve().parents[2]

#: Beside what a model may take, for opening corpus and index and for all the rest.
SECONDS = 600.0

_SET_HERE = ("PYTHONHASHSEED", "PYTHONPATH", "PYTHONUTF8", "PYTHONCOERCECLOCALE", "LANG", "LANGUAGE", "TZ")


@dataclass(frozen=True)
class Surroundings:
    """``elsewhere``: in a new empty folder instead of the project's."""

    variables: Mapping[str, str]
    elsewhere: bool = False


FIRST = Surroundings({"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"})
#: The ASCII locale, unmended by Python, and a day later than in most places.
SECOND = Surroundings(
    {
        "PYTHONHASHSEED": "4242",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Pacific/Kiritimati",
    },
    elsewhere=True,
)


def answers_in(surroundings: Surroundings, orders: Orders) -> dict[str, Trace]:
    """Answers by key of their job; those a process that ended early did not come to have its last words as error."""
    with _folder(surroundings) as folder:
        code, said, errors = _run(surroundings, orders, folder)
    found = {one.key: one.trace for one in map(Answered.model_validate_json, said.splitlines())}
    words = errors.decode(errors="replace").strip().splitlines() or ["nothing"]
    lost = Trace(error=f"the process ended early (exit code {code}): {words[-1]}")
    return {job.key: found.get(job.key, lost) for job in orders.jobs}


def _run(surroundings: Surroundings, orders: Orders, folder: Path) -> tuple[int | str, bytes, bytes]:
    try:
        run = subprocess.run(
            [sys.executable, "-m", "evals.repeatability.probe"],
            input=orders.model_dump_json().encode(),
            capture_output=True,
            env=_environment(surroundings),
            cwd=folder,
            timeout=SECONDS + (len(orders.jobs) * orders.model.seconds if orders.model else 0),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return "stopped: it took too long", late.stdout or b"", late.stderr or b""
    return run.returncode, run.stdout, run.stderr


def _environment(surroundings: Surroundings) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _SET_HERE and not name.startswith("LC_")}
    return {**kept, "PYTHONPATH": str(ROOT), **surroundings.variables}


@contextmanager
def _folder(surroundings: Surroundings) -> Iterator[Path]:
    if not surroundings.elsewhere:
        yield ROOT
        return
    with tempfile.TemporaryDirectory(prefix="guideline-qa-elsewhere-") as folder:
        yield Path(folder)
