"""What a rater is given: rows of a sentence and the passages it cites."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.knowledge.library import Knowledge

#: ``cited``: the passages the system cites. ``drawn``: passages drawn by lot, which no careful rater accepts.
Kind = Literal["cited", "drawn"]
KINDS: tuple[Kind, ...] = ("cited", "drawn")


@dataclass(frozen=True)
class Passage:
    """A numbered passage: all of the section ``source`` (``document-id#anchor``), and the words of it to look at."""

    number: int
    source: str
    title: str
    version: str
    text: str
    quote: str

    @property
    def shown(self) -> str:
        marked = self.text.replace(self.quote, f"«{self.quote}»", 1) if self.quote else self.text
        return f"[{self.number}] {self.title} ({self.version}): {marked}"


@dataclass(frozen=True)
class Row:
    """One sentence. Nothing a rater sees tells a drawn row from a cited one."""

    id: str
    question: str
    sentence: str
    passages: tuple[Passage, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(passage.source for passage in self.passages)


@dataclass(frozen=True)
class Worksheet:
    rows: tuple[Row, ...]

    @property
    def id(self) -> str:
        """Changes with any row."""
        return hashlib.sha256("\0".join(row.id for row in self.rows).encode()).hexdigest()[:12]


def row_id(kind: Kind, question: str, sentence: str, sources: Sequence[str], knowledge: Knowledge) -> str:
    """Of all a judgement is about, the words of the sections too: what was changed since no longer fits its id.

    Raises KeyError for a section that is not there.
    """
    texts = [knowledge.section(source)[1].text for source in sources]
    return hashlib.sha256("\0".join((kind, question, sentence, *sources, *texts)).encode()).hexdigest()[:12]


def kind_of(id_: str, question: str, sentence: str, sources: Sequence[str], knowledge: Knowledge) -> Kind | None:
    """None where the row is not what was handed out. Raises KeyError for a section that is not there."""
    return next((kind for kind in KINDS if row_id(kind, question, sentence, sources, knowledge) == id_), None)
