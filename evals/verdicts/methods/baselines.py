"""What needs no criteria: always the same status, and the status of the labelled case that is worded most alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
import numpy as np

from evals.frame.metric import Item
from evals.frame.models import Half
from evals.verdicts.asked import Asked
from rag.criteria.determination import Status
from rag.knowledge.library import Knowledge
from rag.retrieval.tokens import tokenize


def always_open(item: Item[Asked]) -> str:
    """The null: medical necessity is never established."""
    return Status.DOCUMENTATION


@dataclass(frozen=True)
class Wording:
    """The words a method without criteria has of an item: its text, or its facts by their labels."""

    knowledge: Knowledge

    def __call__(self, item: Item[Asked]) -> str:
        case = item.label.case
        if item.label.form == "text":
            return case.text or ""
        labels = self.knowledge.vocabulary.facts
        return " ".join(f"{labels[name].label}: {_said(value)}." for name, value in (case.facts or {}).items())


class NearestCase:
    """Words in common (BM25): the status of the nearest case of the other half, so that none answers for itself."""

    def __init__(self, items: Sequence[Item[Asked]], wording: Wording) -> None:
        self._wording = wording
        self._halves = {
            half: _Cases([one for one in items if one.label.case.half != half], wording) for half in _HALVES
        }

    def __call__(self, item: Item[Asked]) -> str:
        return self._halves[item.label.case.half].nearest(item)


_HALVES: tuple[Half, ...] = ("calibrate", "report")


class _Cases:
    """Labelled cases of one half, and how near each is to a text."""

    def __init__(self, items: Sequence[Item[Asked]], wording: Wording) -> None:
        self._items = sorted(items, key=lambda item: item.id)
        self._wording = wording
        self._index = bm25s.BM25()
        tokens = [tokenize(f"{item.label.case.policy} {wording(item)}") for item in self._items]
        if tokens:
            self._index.index(tokens, show_progress=False)

    def nearest(self, item: Item[Asked]) -> str:
        if not self._items:
            return Status.DOCUMENTATION
        query = tokenize(f"{item.label.case.policy} {self._wording(item)}")
        scores = self._index.get_scores([token for token in query if token in self._index.vocab_dict])
        return self._items[int(np.argmax(scores))].label.case.status


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
