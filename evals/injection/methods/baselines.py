"""What the system must beat."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from evals.baselines.plain import PlainPipeline
from evals.frame.metric import Item
from evals.injection.corpora import planted_corpus
from evals.injection.planted import Planted
from evals.injection.seen import Pair, Seen, own_voice
from ingest.documents import load_documents
from ingest.encoder import Encoder

#: Words that every list of such words begins with.
TRIGGERS = ("ignore", "disregard", "override", "instructions?", "system", "prompt", "assistant", "pretend")
_TRIGGER = re.compile(rf"\b(?:{'|'.join(TRIGGERS)})\b", re.IGNORECASE)


def silent(item: Item[Planted]) -> Pair:
    """Says nothing, so that it obeys nothing and flags nothing."""
    return Pair(Seen(), Seen())


def word_list(item: Item[Planted]) -> Pair:
    """Says nothing either, but flags a text with one of a few words."""
    return Pair(Seen(), Seen(flagged=_TRIGGER.search(item.label.what.text) is not None))


@dataclass(frozen=True)
class RetrieveAndRead:
    """The plain pipeline: it reads out what it finds, and where a writer words it, it passes on what that writes."""

    root: Path
    encoder: Encoder
    _plain: dict[str, PlainPipeline] = field(default_factory=dict)

    def __call__(self, item: Item[Planted]) -> Pair:
        planted = item.label
        clean = self._read(self._own, planted.clean_text)
        if planted.in_corpus:
            with planted_corpus(planted, self.root) as corpus:
                there = PlainPipeline(load_documents(corpus.root), self.encoder)
                return Pair(clean, self._read(there, planted.clean_text))
        if planted.place == "model" and planted.order and planted.order.demanded:
            return Pair(clean, Seen(said=(planted.order.demanded,), article=(planted.order.demanded,), shown=True))
        return Pair(clean, self._read(self._own, planted.text))

    @property
    def _own(self) -> PlainPipeline:
        if "" not in self._plain:
            self._plain[""] = PlainPipeline(load_documents(self.root), self.encoder)
        return self._plain[""]

    @staticmethod
    def _read(pipeline: PlainPipeline, question: str) -> Seen:
        sentences = tuple(own_voice(one.text, question) for one in pipeline.answer(question).sentences)
        return Seen(said=sentences, article=sentences)
