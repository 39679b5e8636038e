"""What the score looks at: how much of a claim its passage holds, and how near it is in meaning.

Also tried: coverage by the best sentence, coverage of long words, neighbouring pairs, words in the same order, number
and longest run of uncovered words. Beside the features kept, the fit gave each of them the weight 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from rag.guard.support.grounds import Grounds
from rag.guard.support.reading import Reading, Sentence

#: In the order of ``calibration.WEIGHTS``.
NAMES: Final = (
    "coverage by the carrying sentences",
    "coverage by the whole passage",
    "similarity to the best sentence",
    "length in words, logarithm",
)


def features(claim: Reading, evidence: Grounds, carrying: Sequence[Sentence], similarity: float) -> list[float]:
    """One number for each of ``NAMES``; shares from 0 to 1. Words that name the document count as held."""
    wanted = claim.keys or frozenset({""})
    named = evidence.names.keys
    carried = frozenset(key for sentence in carrying for key in sentence.keys) | named
    return [
        len(wanted & carried) / len(wanted),
        len(wanted & (evidence.keys | named)) / len(wanted),
        similarity,
        math.log1p(len(wanted)),
    ]
