"""What the score looks at: how much of a claim the passage holds, in which order, and how near it is in meaning."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rag.guard.support.grounds import Grounds
from rag.guard.support.reading import Reading, Sentence

#: In the order of ``calibration.WEIGHTS``.
NAMES: Final = (
    "coverage by the carrying sentences",
    "coverage by the best sentence",
    "coverage by the whole passage",
    "coverage of long words",
    "share of word pairs",
    "share in the same order",
    "similarity to the best sentence",
    "uncovered words, logarithm",
    "longest uncovered run of words",
    "length in words, logarithm",
)
#: Words of this many letters are rare enough to carry a point of their own; a corpus to count in is not at hand.
LONG = 8
#: Words of a pair stand at most this far apart in the passage.
PAIR_REACH = 4


def features(claim: Reading, evidence: Grounds, carrying: Sequence[Sentence], similarity: float) -> list[float]:
    """One number for each of ``NAMES``; shares from 0 to 1. Words that name the document count as held."""
    wanted = claim.keys or frozenset({""})
    named = evidence.names.keys
    carried = frozenset(key for sentence in carrying for key in sentence.keys) | named
    best = (carrying[0].keys if carrying else frozenset()) | named
    uncovered = wanted - carried
    return [
        _share(wanted, carried),
        _share(wanted, best),
        _share(wanted, evidence.keys | named),
        _share(_long(claim), carried),
        _pairs(claim, carrying),
        _in_order(claim, carrying),
        similarity,
        math.log1p(len(uncovered)),
        math.log1p(_longest_run(claim, uncovered)),
        math.log1p(len(wanted)),
    ]


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 1.0


def _long(claim: Reading) -> frozenset[str]:
    return frozenset(word.key for word in claim.content if word.end - word.start >= LONG)


def _longest_run(claim: Reading, uncovered: frozenset[str]) -> int:
    """Words in a row that no carrying sentence has: a point added to the source is said in words of its own."""
    longest = run = 0
    for word in claim.content:
        run = run + 1 if word.key in uncovered else 0
        longest = max(longest, run)
    return longest


def _pairs(claim: Reading, carrying: Sequence[Sentence]) -> float:
    """Share of neighbouring words of the claim that stand near each other in a carrying sentence."""
    pairs = {(one.key, other.key) for one, other in pairwise(claim.content)}
    if not pairs:
        return 1.0
    near: set[tuple[str, str]] = set()
    for sentence in carrying:
        keys = [word.key for word in sentence.content]
        for place, key in enumerate(keys):
            near |= {(key, other) for other in keys[max(0, place - PAIR_REACH) : place + PAIR_REACH + 1]}
    return len(pairs & near) / len(pairs)


def _in_order(claim: Reading, carrying: Sequence[Sentence]) -> float:
    """Longest common run of words in one order, as a share of the claim's words."""
    said = [word.key for word in claim.content]
    if not said:
        return 1.0
    cited = [word.key for sentence in carrying for word in sentence.content]
    row = [0] * (len(cited) + 1)
    for key in said:
        last = 0
        for place, other in enumerate(cited, start=1):
            last, row[place] = row[place], last + 1 if key == other else max(row[place], row[place - 1])
    return row[-1] / len(said)
