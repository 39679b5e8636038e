"""Retrieve and read: each sentence is taken to state what the nearest labelled sentence of the other half states.

How near it must be is set on that half, by how often the nearest of two sentences with different words agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from evals.citations.methods.remembering import RememberingEncoder
from evals.facts.reading import Stated, Values
from evals.followups.values import same
from evals.frame.metric import Item
from evals.verdicts.case import VerdictCase
from rag.criteria.values import Value

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
#: Similarities tried when the threshold is set.
NEAR = tuple(step / 20 for step in range(6, 21))

Labelled = tuple[str, str, Value]


class NearestSentence:
    def __init__(
        self,
        items: Sequence[Item[Stated]],
        cases: Sequence[VerdictCase],
        encoder: RememberingEncoder,
        values_of: Callable[[Mapping[str, object]], Values],
    ) -> None:
        """``items``: to be read; ``cases``: all whose labelled sentences there are to learn from."""
        self._encoder = encoder
        self._known = {half: _labelled(cases, half, values_of) for half in ("calibrate", "report")}
        labelled = [words for known in self._known.values() for words, _, _ in known]
        encoder.learn([*labelled, *(part for item in items for part in _parts(item.text))], what="encoding sentences")
        self._near = {half: self._calibrated(half) for half in self._known}

    def __call__(self, item: Item[Stated]) -> Values:
        other = "report" if item.label.case.half == "calibrate" else "calibrate"
        known, found = self._known[other], dict[str, Value]()
        if not known:
            return found
        vectors = self._encoder.encode([words for words, _, _ in known])
        for part in _parts(item.text):
            near = vectors @ self._encoder.encode([part])[0]
            best = int(np.argmax(near))
            if near[best] >= self._near[other]:
                found.setdefault(known[best][1], known[best][2])
        return found

    def _calibrated(self, half: str) -> float:
        """The similarity from which on most sentences agree with their neighbour: most right, less the wrong."""
        known = self._known[half]
        if len(known) < 2:
            return 1.0
        vectors = self._encoder.encode([words for words, _, _ in known])
        near = vectors @ vectors.T
        near[np.equal.outer([one[0] for one in known], [one[0] for one in known])] = -1.0
        best = near.argmax(axis=1)
        right = [known[at][1] == known[to][1] and same(known[at][2], known[to][2]) for at, to in enumerate(best)]
        scores = near.max(axis=1)
        gains = {
            limit: sum(1 if ok else -1 for ok, score in zip(right, scores, strict=True) if score >= limit)
            for limit in NEAR
        }
        return max(NEAR, key=lambda limit: (gains[limit], limit))


def _labelled(
    cases: Sequence[VerdictCase], half: str, values_of: Callable[[Mapping[str, object]], Values]
) -> list[Labelled]:
    """Each sentence of a half with the fact it states, once."""
    stated = {(one.words, one.fact): one.value for case in cases if case.half == half for one in case.sentences}
    found = []
    for (words, fact), given in sorted(stated.items(), key=lambda one: one[0]):
        value = values_of({fact: given}).get(fact)
        if value is not None:
            found.append((words, fact, value))
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
