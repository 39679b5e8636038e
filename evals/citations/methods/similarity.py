"""Likeness of meaning alone: the cosine of the claim with the nearest sentence of the passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evals.citations.methods.remembering import RememberingEncoder
from evals.citations.pair import Pair
from rag.article.sentences import sentences


@dataclass(frozen=True)
class Similarity:
    """A score for ``Thresholded``, from -1 to 1."""

    encoder: RememberingEncoder

    def __call__(self, pairs: Sequence[Pair]) -> list[float]:
        self.encoder.learn([text for pair in pairs for text in texts_of(pair)], what="encoding claims and sentences")
        return [self._nearest(pair) for pair in pairs]

    def _nearest(self, pair: Pair) -> float:
        claim, *found = self.encoder.encode(texts_of(pair))
        return float(max(claim @ sentence for sentence in found))


def texts_of(pair: Pair) -> tuple[str, ...]:
    """The claim, then the sentences of the passage."""
    return (pair.claim, *_sentences(pair.passage))


@cache
def _sentences(passage: str) -> tuple[str, ...]:
    return tuple(passage[start:end] for start, end in sentences(passage))
