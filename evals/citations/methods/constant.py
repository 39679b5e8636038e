"""The null baselines: everything is accepted, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.citations.methods.method import Call, Calls
from evals.citations.pair import Pair


@dataclass(frozen=True)
class Constant:
    name: str
    accepted: bool

    def judge(self, pairs: Sequence[Pair], *, calibrate: Sequence[Pair]) -> Calls:
        return Calls(tuple(Call(self.accepted, float(self.accepted)) for _ in pairs))


ACCEPT_ALL = Constant("accept all", accepted=True)
REJECT_ALL = Constant("reject all", accepted=False)
