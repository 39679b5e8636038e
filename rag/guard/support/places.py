"""How alike the surroundings of two places are: the words near each, in a claim and in what it cites."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from rag.guard.support.reading import Sentence

#: Content words on each side that make up the surroundings of a place.
AROUND = 3
#: The rest of the sentence counts less than the words nearby: two places of one sentence differ in nothing else.
REST = 0.15
#: The same neighbour on the same side: tells apart two opposites that stand in one sentence.
NEIGHBOUR = 0.75


@dataclass(frozen=True, eq=False)
class Place:
    """A stretch of a sentence and the keys before and after it, the nearest first."""

    sentence: Sentence
    start: int
    end: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def place(sentence: Sentence, start: int, end: int, *, within: tuple[int, int] | None = None) -> Place:
    """``within``: only words of this stretch surround the place."""
    low, high = within or (sentence.start, sentence.end)
    first, last = bisect_left(sentence.told_starts, start), bisect_left(sentence.told_starts, end)
    before = [word.key for word in sentence.told[max(0, first - AROUND) : first] if word.start >= low]
    after = [word.key for word in sentence.told[last : last + AROUND] if word.start < high]
    return Place(sentence, start, end, tuple(reversed(before)), tuple(after))


def likeness(one: Place, other: Place) -> float:
    """Shared words nearby, fully so on the same side; shared words further off at a discount; the same neighbours."""
    anywhere = len({*one.before, *one.after} & {*other.before, *other.after})
    same_side = len({*one.before} & {*other.before}) + len({*one.after} & {*other.after})
    near = (anywhere + same_side) / 2
    far = REST * len(one.sentence.keys & other.sentence.keys)
    same = (one.before[:1] == other.before[:1] != ()) + (one.after[:1] == other.after[:1] != ())
    return near + far + NEIGHBOUR * same


def best_likeness(one: Place, others: Iterable[Place]) -> float:
    """-1 where there is no other place."""
    return max((likeness(one, other) for other in others), default=-1.0)
