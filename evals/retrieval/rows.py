"""Files in BEIR layout, line by line; every fault of a file in one error, each with file, line and remedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ConfigDict

from evals.citations.formats.reading import PairsError
from ingest.errors import CorpusError
from ingest.front_matter import CorpusModel, Text
from ingest.json_lines import json_lines
from ingest.strict_yaml import read_text

#: Column names of a file of judgements.
COLUMNS = ("query-id", "corpus-id", "score")

Row = TypeVar("Row", bound="Identified")


class RetrievalError(PairsError):
    """A file of queries, judgements or documents that cannot be read as what its name says."""


class Identified(CorpusModel):
    """A row with an id of its own, under the key the file's layout gives it and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    id: Text


@dataclass(frozen=True)
class Judgement:
    """A line of a file of judgements."""

    line: int
    query: str
    unit: str
    grade: int


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """By id, in the file's order; ``lines`` says where each stands."""

    by_id: dict[str, Row]
    lines: dict[str, int]


def read_rows(model: type[Row], file: Path) -> Rows[Row]:
    """Raises RetrievalError, for an id given twice too."""
    by_id: dict[str, Row] = {}
    lines: dict[str, int] = {}
    faults: list[CorpusError] = []
    for number, row in _json_rows(model, file):
        if isinstance(row, CorpusError):
            faults.append(row)
        elif row.id in by_id:
            problem = f"the id {row.id!r} stands in line {lines[row.id]} already"
            faults.append(CorpusError(file, number, problem, "Give each an id of its own"))
        else:
            by_id[row.id], lines[row.id] = row, number
    if not by_id and not faults:
        faults.append(CorpusError(file, 0, "nothing in it", "Write one JSON object per line"))
    if faults:
        raise RetrievalError(faults)
    return Rows(by_id, lines)


def read_judgements(file: Path, *, queries: Container[str], knows: Callable[[str], bool]) -> list[Judgement]:
    """Lines of query id, unit and grade, with tabs between, under a line of column names. Raises RetrievalError.

    ``knows``: whether the collection has this unit.
    """
    try:
        lines = read_text(file).splitlines()
    except CorpusError as error:
        raise RetrievalError([error]) from None
    if tuple(lines[:1]) != ("\t".join(COLUMNS),):
        remedy = f"Begin the file with {', '.join(COLUMNS)}, tabs between them"
        raise RetrievalError([CorpusError(file, 1, "no line of column names", remedy)])
    read = [_judgement(line.split("\t"), file, number, queries, knows) for number, line in enumerate(lines[1:], 2)]
    faults = [one for one in read if isinstance(one, CorpusError)]
    if not read:
        faults.append(CorpusError(file, 1, "no judgement in it", "Write one per line"))
    if faults:
        raise RetrievalError(faults)
    return [one for one in read if isinstance(one, Judgement)]


def by_query(judgements: Iterable[Judgement]) -> Mapping[str, Mapping[str, int]]:
    """Grades of units by query; of two judgements on one unit the later."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for one in judgements:
        found[one.query][one.unit] = one.grade
    return found


def _judgement(
    cells: Sequence[str], file: Path, line: int, queries: Container[str], knows: Callable[[str], bool]
) -> Judgement | CorpusError:
    if len(cells) != len(COLUMNS):
        return CorpusError(file, line, f"{len(cells)} fields instead of 3", "Put one tab between the fields")
    query, unit, grade = (cell.strip() for cell in cells)
    if not (grade.isascii() and grade.isdigit()):
        return CorpusError(file, line, f"the score {grade!r} is no whole number from 0 up", "Correct the score")
    if query not in queries:
        return CorpusError(file, line, f"there is no query {query!r}", "Correct the id, or add the query")
    if not knows(unit):
        return CorpusError(file, line, f"there is nothing {unit!r} in the collection", "Correct the id, or add it")
    return Judgement(line, query, unit, int(grade))


def _json_rows(model: type[Row], file: Path) -> Iterator[tuple[int, Row | CorpusError]]:
    try:
        with file.open("rb") as lines:
            yield from json_lines(model, lines, file=file)
    except OSError as error:
        yield 0, CorpusError(file, 0, f"cannot be read ({error.strerror})", "Restore the file")
