"""Rows of a file as models; every fault of it in one error, each with file, line and remedy."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import CorpusError
from ingest.json_lines import json_lines
from ingest.strict_yaml import read_text
from ingest.validation import to_corpus_error
from rag.errors import UserError

Model = TypeVar("Model", bound=BaseModel)
Rows = list[tuple[int, Model]]

#: More faults of one file than this are counted, not listed.
FAULTS_SHOWN = 10


class PairsError(UserError):
    """A file of claims that cannot be read as what its name says."""

    def __init__(self, faults: Iterable[CorpusError]) -> None:
        found = list(faults)
        left_out = len(found) - FAULTS_SHOWN
        more = [f"... and {left_out} more."] if left_out > 0 else []
        super().__init__("\n".join([*map(str, found[:FAULTS_SHOWN]), *more]))


class PublicRow(BaseModel):
    """Of data others published only what is used is read; further keys are theirs."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


def read_json_lines(model: type[Model], file: Path) -> Rows[Model]:
    """Number and row of every line. Raises PairsError."""
    try:
        with file.open("rb") as lines:
            return _all_good(json_lines(model, lines, file=file), file)
    except OSError as error:
        raise PairsError([CorpusError(file, 0, f"cannot be read ({error.strerror})", "Restore the file")]) from None


def read_csv(model: type[Model], file: Path) -> Rows[Model]:
    """The same of a CSV file with a line of column names. Raises PairsError."""
    try:
        return _all_good(_csv_rows(model, file), file)
    except CorpusError as error:
        raise PairsError([error]) from None


def _csv_rows(model: type[Model], file: Path) -> Iterator[tuple[int, Model | CorpusError]]:
    reader = csv.DictReader(io.StringIO(read_text(file), newline=""), strict=True)
    try:
        for row in reader:
            yield reader.line_num, _csv_row(model, row, file, reader.line_num)
    except csv.Error as error:
        raise CorpusError(file, reader.line_num, f"not valid CSV: {error}", "Mend the quotes at this line") from None


def _csv_row(model: type[Model], row: dict[str, str | None], file: Path, line: int) -> Model | CorpusError:
    try:
        return model.model_validate({key: value for key, value in row.items() if value is not None})
    except ValidationError as error:
        return to_corpus_error(model, error.errors(include_url=False)[0], file=file, line=line)


def _all_good(rows: Iterable[tuple[int, Model | CorpusError]], file: Path) -> Rows[Model]:
    good: Rows[Model] = []
    faults: list[CorpusError] = []
    for number, row in rows:
        if isinstance(row, CorpusError):
            faults.append(row)
        else:
            good.append((number, row))
    if not good and not faults:
        faults.append(CorpusError(file, 0, "no claim in it", "Write one per line, or take the file away"))
    if faults:
        raise PairsError(faults)
    return good
