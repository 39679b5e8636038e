"""Schemathesis against the running server: data that fit the description and data that do not, every check.

What is expected where, and why, stands in ``schemathesis.toml``. ``make test`` takes few examples of each operation;
with FUZZ=1 (``make fuzz``) it is many.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.app.api.servers import ALL, Server

CONFIG: Final = Path(__file__).with_name("schemathesis.toml")
SEED: Final = "20261126"
LONG: Final = bool(os.environ.get("FUZZ"))
#: Examples of each operation where data are drawn; the other phases are what the description makes them.
DRAWN: Final = "60" if LONG else "2"
PHASES: Final = {"described": "examples,coverage", "drawn": "fuzzing", "in steps": "stateful"}


@pytest.mark.parametrize("phase", PHASES)
def test_the_server_does_what_its_description_says(server: Server, phase: str, tmp_path: Path) -> None:
    key = server.key(*ALL, tenant=f"described-{phase.replace(' ', '-')}")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG)),
            *("run", f"{server.url}/openapi.json", "--seed", SEED),
            *("--phases", PHASES[phase], "--max-examples", DRAWN, "--generation-database", "none"),
        ],
        env={**os.environ, "API_KEY": key, "NO_COLOR": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=3_600,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    assert "45 selected" in done.stdout
