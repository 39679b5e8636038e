"""Nearness in meaning of a claim and the sentences that carry it; each text is encoded once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.encoder import Encoder
from rag.guard.support.reading import Reading, Sentence

Vector = NDArray[np.float32]
#: Vectors kept: the sentences of some hundred answers.
KEPT = 4096
#: Characters that are encoded of one text; more than a long sentence is a list, whose beginning says what it is about.
LONGEST = 600


class Similarities:
    """Cosine similarity with a memory. ``prepare`` encodes many texts in one go."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: OrderedDict[str, Vector] = OrderedDict()

    def prepare(self, texts: Iterable[str]) -> None:
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if not missing:
            return
        for text, vector in zip(missing, self._encoder.encode(missing), strict=True):
            self._vectors[text] = vector
        while len(self._vectors) > max(KEPT, len(missing)):
            self._vectors.popitem(last=False)

    def between(self, one: str, other: str) -> float:
        self.prepare((one, other))
        return float(self._vectors[one] @ self._vectors[other])


def texts_of(claim: Reading, carrying: Sequence[Sentence]) -> tuple[str, str]:
    """What is compared: the claim, and the sentence that holds most of it."""
    return claim.text[:LONGEST], carrying[0].said[:LONGEST]
