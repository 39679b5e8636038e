"""A process of its own for a file that may be hostile: bounded in time and memory, and nothing to lose with it.

Called as ``python -m ingest.extract.worker KIND NAME`` with the file on stdin; answers one line of JSON.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.extract import limits
from ingest.extract.errors import ExtractError
from ingest.extract.models import Extracted, Kind

TOO_HARD = "Save it again with another program, or paste its text"
TOO_LARGE = "the file cannot be read within the memory allowed"
_DAMAGED = {
    Kind.PDF: ("the PDF is damaged or cut off", "Export it again, or print it to a new PDF"),
    Kind.DOCX: ("the Word document is damaged", "Open it in Word and save it again"),
}


class Reply(BaseModel):
    """Either what was extracted, or what is wrong and what to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    extracted: Extracted | None = None
    problem: str = ""
    remedy: str = ""


def extract_apart(name: str, content: bytes, kind: Kind, *, seconds: float = limits.MOST_SECONDS) -> Extracted:
    """The text of a PDF or DOCX, read in another process. Raises ExtractError."""
    command = [sys.executable, "-m", "ingest.extract.worker", kind.value, str(limits.MOST_MEMORY)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise ExtractError(name, f"reading it took longer than {seconds:g} seconds", TOO_HARD) from None
    try:
        reply = Reply.model_validate_json(done.stdout)
    except ValidationError:
        raise ExtractError(name, TOO_LARGE, TOO_HARD) from None
    if reply.extracted is None:
        raise ExtractError(name, reply.problem, reply.remedy)
    return reply.extracted


def reply_to(content: bytes, kind: Kind) -> Reply:
    try:
        return Reply(extracted=_reader(kind)("", content))
    except ExtractError as error:
        return Reply(problem=error.problem, remedy=error.remedy)
    except MemoryError:
        return Reply(problem=TOO_LARGE, remedy=TOO_HARD)
    except Exception:  # parsers of damaged files fail in ways without number; all mean the same to the user
        problem, remedy = _DAMAGED[kind]
        return Reply(problem=problem, remedy=remedy)


def _reader(kind: Kind) -> Callable[[str, bytes], Extracted]:
    if kind is Kind.PDF:
        from ingest.extract.pdf import pdf_text

        return pdf_text
    from ingest.extract.docx import docx_text

    return docx_text


def _bound_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # no such bound on Windows; the one on time holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main(arguments: list[str], stdin: Any, stdout: Any) -> None:
    """A file that takes more memory than allowed ends the process; whoever called it sees no reply."""
    kind, most = arguments
    content = stdin.read()
    _bound_memory(int(most))
    stdout.write(reply_to(content, Kind(kind)).model_dump_json().encode())


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
