"""The worksheet as a table of cells: the columns, and words a spreadsheet program does not run as a formula."""

from __future__ import annotations

from collections.abc import Sequence

from evals.worksheet.sheet import Row

GIVEN = ("id", "question", "sentence", "passages", "sources")
ASKED = ("supported", "needed", "comment")
COLUMNS = (*GIVEN, *ASKED)

#: A cell that begins so is a formula to a spreadsheet program, or hides one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARD = "'"


def given_cells(row: Row) -> tuple[str, ...]:
    """The cells of ``GIVEN``, guarded."""
    sources = "; ".join(f"{passage.number}={passage.source}" for passage in row.passages)
    passages = "\n".join(passage.shown for passage in row.passages)
    return tuple(map(guarded, (row.id, row.question, row.sentence, passages, sources)))


def guarded(text: str) -> str:
    """With an apostrophe before what would be run; and before one that is there, so that it can be told apart."""
    return _GUARD + text if text.startswith((*_FORMULA, _GUARD)) else text


def unguarded(text: str) -> str:
    return text.removeprefix(_GUARD)


def sources_in(cell: str) -> tuple[str, ...] | None:
    """``1=document#anchor; 2=...`` in order of its numbers, which count up from 1; None for anything else."""
    parts = [part.strip().partition("=") for part in cell.split(";")]
    numbers = [number for number, _, _ in parts]
    if numbers != [str(number) for number in range(1, len(parts) + 1)] or not all(source for _, _, source in parts):
        return None
    return tuple(source for _, _, source in parts)


def numbers_in(cell: str) -> Sequence[str]:
    return cell.replace(",", " ").replace(";", " ").replace("[", " ").replace("]", " ").split()
