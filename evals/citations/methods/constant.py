"""The null baselines: everything is accepted, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.citations.methods.method import Call, Calls
from evals.citations.pair import Pair
from evals.frame.methods import NULL


@dataclass(frozen=True)
class Constant:
    name: str
    accepted: bool

    def judge(self, pairs: Sequence[Pair], *, calibrate: Sequence[Pair]) -> Calls:
        return Calls(tuple(Call(self.accepted, float(self.accepted)) for _ in pairs))


#: The null of the two that lets through what a guard is there to stop.
ACCEPT_ALL = Constant(NULL, accepted=True)
REJECT_ALL = Constant(f"{NULL}: refuse all", accepted=False)
