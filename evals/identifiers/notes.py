"""The labelled texts. All people, numbers and places in them are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel, Text
from ingest.json_lines import json_lines
from rag.guard.identifiers.models import Kind

OWN_FILE = Path(__file__).resolve().parents[1] / "data" / "identifiers" / "notes.jsonl"

Half = Literal["calibrate", "report"]


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


def load_notes(file: Path = OWN_FILE) -> tuple[LabelledText, ...]:
    """Texts in the order of the file. Raises ``CorpusErrors``, each with its line."""
    found: list[LabelledText] = []
    faults: list[CorpusError] = []
    for item in _read(file):
        if isinstance(item, CorpusError):
            faults.append(item)
        else:
            found.append(item)
    if faults:
        raise CorpusErrors(faults)
    return tuple(found)


def _read(file: Path) -> Iterator[LabelledText | CorpusError]:
    try:
        with file.open("rb") as lines:
            yield from (item for _, item in json_lines(LabelledText, lines, file=file))
    except OSError as error:
        yield CorpusError(file, 0, f"cannot be read ({error.strerror})", "Give a file of labelled texts")
