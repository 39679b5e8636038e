"""The shell examples of the API in README.md and docs/api.md: found, run, and compared with what they show.

`python -m tests.app.api.readme_curl URL` runs them against a server, as whoever calls it, and puts the output there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
README, DETAILS = ROOT / "README.md", ROOT / "docs" / "api.md"
START = "make serve\n"
ADDRESS = "http://127.0.0.1:8700"

_SECTION = re.compile(r"(?<=\n## The API\n).*?(?=\n## )", re.S)
_BLOCK = re.compile(
    r"^```(?P<language>sh|python)\n(?P<script>.*?)^```$(?:\n\n^```text\n(?P<shown>.*?)^```$)?", re.M | re.S
)
_COMMAND = "guideline-qa "
_MARK = "\x1e"
#: What each call was answered with goes to the error stream: the examples themselves stay as they are.
_PRELUDE = """
curl() { command curl -w '%{stderr}%{http_code}\\n' "$@"; }
"""


@dataclass(frozen=True)
class Block:
    """``shown``: the output that stands under it; None where none does."""

    language: str
    script: str
    shown: str | None

    @property
    def in_shell(self) -> str:
        """What a reader's shell is given."""
        if self.language == "sh":
            return self.script
        return f"API=$API KEY=$KEY python - <<'END_OF_PYTHON'\n{self.script}END_OF_PYTHON\n"


@dataclass(frozen=True)
class Ran:
    """``statuses`` of the HTTP answers, in order; ``said``: whatever else came on the error stream."""

    block: Block
    output: str
    statuses: tuple[int, ...]
    said: str


def section() -> str:
    """The README's section on the API."""
    found = _SECTION.search(README.read_text(encoding="utf-8"))
    assert found
    return found[0]


def blocks(text: str) -> list[Block]:
    return [Block(found["language"], found["script"], found["shown"]) for found in _BLOCK.finditer(text)]


def examples() -> list[Block]:
    """Blocks that are run: all but the start of the server, and command lines that stand alone."""
    found = blocks(section()) + blocks(DETAILS.read_text(encoding="utf-8"))
    return [block for block in found if block.script != START and not block.script.startswith(_COMMAND)]


def commands() -> list[str]:
    """The command lines of the details that stand alone: how a server is started or a key is made."""
    alone = [block for block in blocks(DETAILS.read_text(encoding="utf-8")) if block.script.startswith(_COMMAND)]
    return [line for block in alone for line in block.script.replace("\\\n", " ").splitlines()]


def run(found: Sequence[Block], address: str, *, environment: Mapping[str, str], folder: Path) -> list[Ran]:
    """All blocks in one shell, as a reader would; the address alone is another. ``folder``: where they are run."""
    mark = f"printf '{_MARK}'; printf '{_MARK}' >&2\n"
    script = _PRELUDE + "".join(mark + block.in_shell.replace(ADDRESS, address) for block in found)
    done = subprocess.run(
        ["bash", "-c", script],
        env=dict(environment),
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=300,
    )
    outputs, errors = (stream.decode().split(_MARK)[1:] for stream in (done.stdout, done.stderr))
    assert len(outputs) == len(errors) == len(found), done.stderr.decode()
    return [_ran(*parts) for parts in zip(found, outputs, errors, strict=True)]


def _ran(block: Block, output: str, errors: str) -> Ran:
    lines = errors.splitlines()
    statuses = [int(line) for line in lines if re.fullmatch(r"\d{3}", line)]
    said = "\n".join(line for line in lines if not re.fullmatch(r"\d{3}", line))
    return Ran(block, output, tuple(statuses), said)


def refresh(ran: Sequence[Ran]) -> None:
    """Write the present output into both files."""
    for file in (README, DETAILS):
        text = file.read_text(encoding="utf-8")
        for one in ran:
            if one.block.shown is not None:
                script = f"```{one.block.language}\n{one.block.script}```\n\n```text\n"
                text = text.replace(f"{script}{one.block.shown}```", f"{script}{one.output}```")
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    done = run(examples(), sys.argv[1], environment=os.environ, folder=ROOT)
    for one in done:
        print(one.block.script, one.output, one.statuses, one.said, sep="\n---\n")
    refresh(done)
