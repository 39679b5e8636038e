"""Filled-in worksheets, read strictly: a judgement that was not understood is no judgement."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from evals.citations.formats.reading import PairsError
from evals.worksheet.cells import COLUMNS, numbers_in, sources_in, unguarded
from evals.worksheet.sheet import Kind, kind_of
from ingest.errors import CorpusError
from rag.knowledge.library import Knowledge

Supported = Literal["yes", "partly", "no"]
SUPPORTED: tuple[Supported, ...] = get_args(Supported)
#: What spreadsheet programs put between cells, by country.
SEPARATORS = (",", ";", "\t")


class WorksheetError(PairsError):
    """A worksheet that cannot be taken back; every fault with its line."""


@dataclass(frozen=True)
class Rating:
    """``needed``: for each source, whether the rater says it is needed. ``kind``: not known to the rater."""

    rater: str
    id: str
    kind: Kind
    question: str
    sentence: str
    sources: tuple[str, ...]
    supported: Supported
    needed: tuple[bool, ...]
    comment: str

    @property
    def yes(self) -> bool:
        """Partly is not supported."""
        return self.supported == "yes"


@dataclass(frozen=True)
class Filled:
    """``rows``: how many there are; ``ratings``: of those that were judged."""

    rater: str
    rows: int
    ratings: tuple[Rating, ...]


def read_worksheet(file: Path, knowledge: Knowledge) -> Filled:
    """The rater is named after the file. Raises WorksheetError."""
    found: list[Rating] = []
    faults: list[CorpusError] = []
    seen: dict[str, int] = {}
    rows = 0
    for line, cells in _rows(file):
        rows += 1
        try:
            _once(cells["id"], seen, file, line)
            rating = _rating(cells, file, line, knowledge)
        except CorpusError as fault:
            faults.append(fault)
            continue
        found += [rating] if rating else []
    if not found and not faults:
        faults.append(CorpusError(file, 0, "not one row is judged", "Write yes, partly or no into `supported`"))
    if faults:
        raise WorksheetError(faults)
    return Filled(file.stem, rows, tuple(found))


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The line each row begins at, and its cells by column."""
    text = _text(file)
    first = text.splitlines()[0] if text else ""
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    header: list[str] | None = None
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if header is None:
                header = _header(cells, file)
            elif any(cell.strip() for cell in cells):
                yield line, _named(header, cells, file, line)
    except csv.Error as error:
        problem = f"not valid CSV: {error}"
        raise WorksheetError([CorpusError(file, start, problem, "Save the table as CSV again")]) from None
    if header is None:
        raise WorksheetError([CorpusError(file, 0, "it is empty", "Save the table as CSV again")])


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        fault = CorpusError(file, 0, f"cannot be read ({error.strerror})", "Name a file that is there")
    except UnicodeDecodeError:
        fault = CorpusError(file, 0, "it is not UTF-8", "Save it anew; in Excel choose `CSV UTF-8`")
    raise WorksheetError([fault])


def _header(cells: list[str], file: Path) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    if sorted(names) != sorted(COLUMNS):
        problem = f"the first line has the columns {', '.join(names) or 'none'}"
        raise WorksheetError([CorpusError(file, 1, problem, f"It has to have {', '.join(COLUMNS)}, each once")])
    return names


def _named(header: list[str], cells: list[str], file: Path, line: int) -> dict[str, str]:
    if len(cells) != len(header):
        problem = f"{len(cells)} cells under {len(header)} columns"
        raise WorksheetError([CorpusError(file, line, problem, "Put text that holds a separator into quotes")])
    return dict(zip(header, cells, strict=True))


def _once(id_: str, seen: dict[str, int], file: Path, line: int) -> None:
    if seen.setdefault(id_, line) != line:
        raise CorpusError(file, line, f"the row {id_} stands at line {seen[id_]} too", "Keep one of the two")


def _rating(cells: dict[str, str], file: Path, line: int, knowledge: Knowledge) -> Rating | None:
    """None for a row that was not judged. Raises CorpusError."""
    question, sentence = unguarded(cells["question"]), unguarded(cells["sentence"])
    sources = sources_in(unguarded(cells["sources"]))
    kind = _kind(cells["id"].strip(), question, sentence, sources, knowledge)
    if kind is None or sources is None:
        problem = f"the row {cells['id']} is not what was handed out: its words, or the corpus, changed since"
        raise CorpusError(file, line, problem, "Restore question, sentence and sources, or export a new worksheet")
    said = cells["supported"].strip().lower()
    if not said:
        return None
    supported = next((one for one in SUPPORTED if one == said), None)
    if supported is None:
        raise CorpusError(file, line, f"`supported` says {said!r}", f"Write one of {', '.join(SUPPORTED)}")
    needed = _needed(cells["needed"], len(sources), supported, file, line)
    comment = unguarded(cells["comment"])
    return Rating(file.stem, cells["id"].strip(), kind, question, sentence, sources, supported, needed, comment)


def _kind(id_: str, question: str, sentence: str, sources: tuple[str, ...] | None, knowledge: Knowledge) -> Kind | None:
    try:
        return kind_of(id_, question, sentence, sources, knowledge) if sources else None
    except KeyError:  # a section that is no longer there
        return None


def _needed(cell: str, count: int, supported: Supported, file: Path, line: int) -> tuple[bool, ...]:
    """The only passage of a supported sentence needs no tick."""
    known = [str(number) for number in range(1, count + 1)]
    given = numbers_in(cell)
    if strange := [number for number in given if number not in known]:
        raise CorpusError(file, line, f"`needed` says {strange[0]!r}", f"Write numbers from {', '.join(known)}")
    if supported == "yes" and count > 1 and not given:
        problem = "the sentence is supported by several passages, and `needed` names none"
        raise CorpusError(file, line, problem, "Write the numbers of those that are needed")
    return tuple(supported == "yes" and (count == 1 or number in given) for number in known)
