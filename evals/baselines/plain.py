"""Retrieve and read: the sections nearest to the question, and of each its sentence nearest to it, quoted.

No filter by payer, code or date, no reading of the case, no criteria, no guard. A chunk is a section of a document.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evals.baselines.bm25 import Bm25, Scores
from ingest.documents import Document
from ingest.encoder import Encoder
from ingest.passages import prefix
from rag.article.sentences import sentences

#: Sections retrieved where nobody says how many, and sections read for an answer.
RETRIEVED, READ = 8, 5
#: Digits kept of a score: what is beyond differs between machines.
DIGITS = 5


@dataclass(frozen=True)
class Found:
    """A section. ``source``: ``document-id#anchor``. ``score``: cosine, or share of the BM25 score there could be."""

    source: str
    text: str
    score: float


@dataclass(frozen=True)
class PlainSentence:
    """Words of the section ``source`` (``document-id#anchor``), as they stand there."""

    text: str
    source: str


@dataclass(frozen=True)
class PlainAnswer:
    """``best``: score of the nearest section; 0 where none was found."""

    sentences: tuple[PlainSentence, ...]
    best: float


@dataclass(frozen=True)
class _Chunk:
    """``indexed``: what is compared with the question: title, heading and text."""

    source: str
    text: str
    indexed: str


class _Pipeline(ABC):
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._chunks = [
            _Chunk(f"{document.id}#{part.anchor}", part.text, prefix(document.title, part.heading) + part.text)
            for document in documents.values()
            for part in document.sections
        ]

    def retrieve(self, question: str, *, k: int = RETRIEVED) -> list[Found]:
        """At most ``k`` sections, the best first, ties by source."""
        scored = zip(self._chunks, self._scores(question), strict=True)
        found = [Found(chunk.source, chunk.text, round(float(score), DIGITS)) for chunk, score in scored]
        return sorted(filter(self._counts, found), key=lambda one: (-one.score, one.source))[:k]

    def answer(self, question: str, *, k: int = READ) -> PlainAnswer:
        """One sentence of each of the ``k`` nearest sections."""
        found = self.retrieve(question, k=k)
        read = [PlainSentence(self._nearest(question, one.text), one.source) for one in found]
        return PlainAnswer(tuple(read), found[0].score if found else 0.0)

    def _nearest(self, question: str, text: str) -> str:
        """The sentence most like the question; the first of equals."""
        parts = [text[start:end].strip() for start, end in sentences(text)] or [text]
        return parts[int(np.argmax(np.round(self._likeness(question, parts), DIGITS)))]

    @staticmethod
    def _counts(found: Found) -> bool:
        """Whether a section of this score is found at all."""
        return True

    @abstractmethod
    def _scores(self, question: str) -> Scores:
        """Of each chunk, in order."""

    @abstractmethod
    def _likeness(self, question: str, parts: Sequence[str]) -> Scores:
        """Of each sentence with the question."""


class PlainPipeline(_Pipeline):
    """By the cosine of sentence vectors. ``encoder`` is asked for nothing before the first question."""

    def __init__(self, documents: Mapping[str, Document], encoder: Encoder) -> None:
        super().__init__(documents)
        self._encoder = encoder

    def _scores(self, question: str) -> Scores:
        found: Scores = self._vectors @ self._vector(question)
        return found

    def _likeness(self, question: str, parts: Sequence[str]) -> Scores:
        found: Scores = self._encode(parts) @ self._vector(question)
        return found

    def _vector(self, question: str) -> Scores:
        vector: Scores = self._encode([question])[0]
        return vector

    def _encode(self, texts: Sequence[str]) -> Scores:
        return np.asarray(self._encoder.encode(texts), dtype=np.float64)

    @cached_property
    def _vectors(self) -> Scores:
        return self._encode([chunk.indexed for chunk in self._chunks])


class LexicalPipeline(_Pipeline):
    """By BM25. A section without one word of the question is not found."""

    def _scores(self, question: str) -> Scores:
        return self._bm25.scores(question)

    def _likeness(self, question: str, parts: Sequence[str]) -> Scores:
        return self._bm25.coverage(question, parts)

    @staticmethod
    def _counts(found: Found) -> bool:
        return found.score > 0

    @cached_property
    def _bm25(self) -> Bm25:
        return Bm25([chunk.indexed for chunk in self._chunks])
