"""What went wrong, in a line or two for the person at the terminal, and the exit code that goes with it."""

from __future__ import annotations

import sys

import typer

from ingest.errors import CorpusErrors

FAULT = 1
BAD_USAGE = 2

#: More faults of a corpus than this are counted, not listed.
CORPUS_FAULTS_SHOWN = 10


def report(error: Exception, *, name: str, debug: str) -> int:
    """Say what happened on stderr; the exit code. ``debug`` names the variable that asks for a trace."""
    if isinstance(error, typer.Abort):
        return FAULT
    if isinstance(error, typer.TyperException):
        show = getattr(error, "show", None)
        return _usage(error, show) if callable(show) else _say(name, str(error), error.exit_code)
    from app.user_errors import OF_THE_PLACE, OF_THE_REQUEST

    if isinstance(error, OF_THE_REQUEST):
        return _say(name, str(error), BAD_USAGE)
    if isinstance(error, CorpusErrors):
        return _say(name, _corpus_faults(error, name), FAULT)
    if isinstance(error, OF_THE_PLACE):
        return _say(name, str(error), FAULT)
    if isinstance(error, OSError):
        what = error.strerror or str(error)
        return _say(name, f"{what}{f': {error.filename}' if error.filename else ''}.", FAULT)
    first_line = (str(error).splitlines() or ["no message"])[0][:200]
    message = f"a fault in the program ({type(error).__name__}: {first_line}). Set {debug}=1 to see where."
    return _say(name, message, FAULT)


def _usage(error: typer.TyperException, show: object) -> int:
    assert callable(show)
    show()
    return error.exit_code


def _corpus_faults(error: CorpusErrors, name: str) -> str:
    lines = [str(fault) for fault in error.errors[:CORPUS_FAULTS_SHOWN]]
    left_out = len(error.errors) - len(lines)
    more = f"... and {left_out} more. " if left_out > 0 else ""
    return "\n".join(["the corpus cannot be used:", *lines, f"{more}`{name} check` lists every fault."])


def _say(name: str, message: str, code: int) -> int:
    print(f"{name}: {message}", file=sys.stderr)
    return code
