"""The score from which on to answer, set on labelled questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scored:
    """``wanted``: it must be answered; else it must be refused."""

    score: float
    wanted: bool


def best_threshold(scored: Sequence[Scored]) -> float:
    """The lowest of those that make refused-rightly and answered-rightly largest in sum; infinity is to refuse all."""
    cuts = [*sorted({one.score for one in scored}), float("inf")]
    return max(cuts, key=lambda cut: (_balance(scored, cut), -cut))


def _balance(scored: Sequence[Scored], cut: float) -> float:
    answered = [one.score >= cut for one in scored if one.wanted]
    refused = [one.score < cut for one in scored if not one.wanted]
    return sum(sum(found) / len(found) for found in (answered, refused) if found)
