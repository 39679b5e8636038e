"""One judgement on one turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evals.followups.play import Played
from rag.knowledge.library import Knowledge


@dataclass(frozen=True)
class Check:
    """``expected`` and ``found`` in words, for the reader of a failure."""

    right: bool
    expected: str
    found: str


Measure = Callable[[Played, Knowledge], Iterator[Check]]
"""What it has to judge on a turn; nothing where the script is silent. A turn that is not there fails each judgement."""


def missing(expected: str, played: Played) -> Check:
    return Check(False, expected, played.error or "no turn")
