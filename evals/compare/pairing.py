"""The same judgement in two runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evals.frame.models import Judgement


@dataclass(frozen=True)
class Pair:
    item: str
    cluster: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Paired:
    """``only_before`` and ``only_after`` name the judgements the other run does not have."""

    pairs: tuple[Pair, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def binary(self) -> bool:
        """Whether all were judged right or wrong, and nothing between."""
        return {value for pair in self.pairs for value in (pair.before, pair.after)} <= {0.0, 1.0}

    @property
    def clusters(self) -> tuple[tuple[Pair, ...], ...]:
        found: dict[str, list[Pair]] = {}
        for pair in self.pairs:
            found.setdefault(pair.cluster, []).append(pair)
        return tuple(map(tuple, found.values()))

    @property
    def clustered(self) -> bool:
        return len(self.clusters) < len(self.pairs)


def pair_up(before: Sequence[Judgement], after: Sequence[Judgement]) -> Paired:
    """By item, in the order of the earlier run; the second judgement of an item goes with the other's second."""
    first, second = _by_item(before), _by_item(after)
    pairs = tuple(
        Pair(key[0], one.cluster or one.item.split("|")[0], one.value, second[key].value)
        for key, one in first.items()
        if key in second
    )
    return Paired(
        pairs,
        tuple(key[0] for key in first if key not in second),
        tuple(key[0] for key in second if key not in first),
    )


def _by_item(judgements: Sequence[Judgement]) -> dict[tuple[str, int], Judgement]:
    seen: Counter[str] = Counter()
    found = {}
    for one in judgements:
        found[one.item, seen[one.item]] = one
        seen[one.item] += 1
    return found
