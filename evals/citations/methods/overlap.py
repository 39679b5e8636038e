"""Words in common: the share of the claim's words, numbers and codes that stand somewhere in the passage."""

from __future__ import annotations

from collections.abc import Sequence

from evals.citations.methods.threshold import Thresholded
from evals.citations.pair import Pair
from evals.frame.methods import LEXICAL
from rag.retrieval.tokens import tokenize


def overlap(pairs: Sequence[Pair]) -> list[float]:
    """0 to 1; 0 for a claim of function words alone."""
    return [_share(set(tokenize(pair.claim)), set(tokenize(pair.passage))) for pair in pairs]


def _share(claim: set[str], passage: set[str]) -> float:
    return len(claim & passage) / len(claim) if claim else 0.0


OVERLAP = Thresholded(LEXICAL, overlap)
