"""The labelled texts. All people, numbers and places in them are invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import model_validator

from evals.frame.models import Half
from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel, Text
from ingest.json_lines import json_lines
from rag.guard.identifiers.models import Kind

OWN_FOLDER = Path(__file__).resolve().parents[1] / "data" / "identifiers"


class LabelledSpan(CorpusModel):
    """Offsets of one identifier in its text. A title ("Dr.") and a year that may stay are no part of it."""

    start: int
    end: int
    kind: Kind


class LabelledText(CorpusModel):
    """No spans: nothing in the text identifies anyone, and nothing should be removed."""

    id: Text
    text: Text
    spans: tuple[LabelledSpan, ...]
    half: Half

    @model_validator(mode="after")
    def _spans_lie_in_the_text(self) -> LabelledText:
        ends = [0, *(span.end for span in self.spans)]
        for span, before in zip(self.spans, ends, strict=False):
            if not before <= span.start < span.end <= len(self.text):
                raise ValueError(f"the span {span.start}-{span.end} is empty, out of order or beyond the text")
        return self


def load_sets(data: Path | None) -> tuple[tuple[LabelledText, ...], tuple[str, ...]]:
    """The texts (``*.jsonl``) of ``data/identifiers``, else of ``data``, else the project's own, with a remark on that.

    Raises CorpusErrors, each with file and line.
    """
    for folder in (data / "identifiers", data) if data else ():
        if files := sorted(folder.glob("*.jsonl")):
            return load_notes(files), ()
    remarks = (f"{data} holds no labelled texts (*.jsonl); the project's own are measured.",) if data else ()
    return load_notes(sorted(OWN_FOLDER.glob("*.jsonl"))), remarks


def load_notes(files: Iterable[Path]) -> tuple[LabelledText, ...]:
    """Texts in the order of the files. An id counts once over all of them."""
    found: dict[str, LabelledText] = {}
    faults: list[CorpusError] = []
    for file in files:
        for line, item in _read(file):
            if isinstance(item, CorpusError):
                faults.append(item)
            elif item.id in found:
                faults.append(
                    CorpusError(file, line, f"there is another text {item.id!r}", "Give each an id of its own")
                )
            else:
                found[item.id] = item
    if faults:
        raise CorpusErrors(faults)
    return tuple(found.values())


def _read(file: Path) -> Iterator[tuple[int, LabelledText | CorpusError]]:
    try:
        with file.open("rb") as lines:
            yield from json_lines(LabelledText, lines, file=file)
    except OSError as error:
        yield 0, CorpusError(file, 0, f"cannot be read ({error.strerror})", "Give a file of labelled texts")
