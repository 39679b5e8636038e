"""The output shown in the README. `python -m tests.app.readme_output` puts the present one there."""

import contextlib
import io
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
DAY = "2026-11-22"
WIDTH = "100"

_BLOCK = re.compile(r"(?<=\n```text\n).*?(?=^```$)", re.M | re.S)


def example_question() -> str:
    """What `make ask` asks."""
    found = re.search(r"^Q \?= (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert found
    return found[1]


def arguments() -> list[str]:
    return ["ask", "--date", DAY, example_question()]


def beginning(output: str) -> str:
    """The output down to the end of its section on the determination."""
    verdict, determination = output.split("\nDetermination\n", 1)
    return f"{verdict}\nDetermination\n{determination.partition(chr(10) * 2)[0]}\n"


def shown() -> str:
    """What the README shows."""
    found = _BLOCK.search(README.read_text(encoding="utf-8"))
    assert found
    return found[0]


def refresh() -> int:
    """Write the beginning of today's output into the README."""
    from app.cli import main

    os.environ["COLUMNS"] = WIDTH
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = main(arguments())
    text = README.read_text(encoding="utf-8")
    README.write_text(_BLOCK.sub(lambda _: beginning(printed.getvalue()), text, count=1), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(refresh())
