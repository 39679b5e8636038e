"""A score becomes a decision by a threshold, set for each set of pairs on its calibrate half.

One threshold per set is more than a user could have, who knows no labels: it favours the baseline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals.citations.methods.method import Call, Calls, NotCalibrated
from evals.citations.pair import Pair

Score = Callable[[Sequence[Pair]], Sequence[float]]

#: Digits kept of a score: what is beyond differs between machines.
DIGITS = 5


@dataclass(frozen=True)
class Thresholded:
    name: str
    score: Score

    def judge(self, pairs: Sequence[Pair], *, calibrate: Sequence[Pair]) -> Calls:
        threshold = best_threshold(self._scores(calibrate), [pair.supported for pair in calibrate])
        return Calls(tuple(_call(score, threshold) for score in self._scores(pairs)), threshold)

    def _scores(self, pairs: Sequence[Pair]) -> list[float]:
        return [round(float(score), DIGITS) for score in self.score(pairs)]


def best_threshold(scores: Sequence[float], supported: Sequence[bool]) -> float:
    """Where recall plus rejection is greatest; of equals the highest, which accepts least. Raises NotCalibrated."""
    right = [score for score, true in zip(scores, supported, strict=True) if true]
    wrong = [score for score, true in zip(scores, supported, strict=True) if not true]
    if not right or not wrong:
        raise NotCalibrated("the calibrate half does not hold pairs of both labels")

    def gain(threshold: float) -> float:
        accepted = sum(score >= threshold for score in right) / len(right)
        return accepted + sum(score < threshold for score in wrong) / len(wrong)

    marks = sorted(set(scores))
    between = [(low + high) / 2 for low, high in pairwise(marks)]
    return max((round(one, DIGITS + 1) for one in (marks[0], *between)), key=lambda one: (round(gain(one), 9), one))


def _call(score: float, threshold: float) -> Call:
    accepted = score >= threshold
    return Call(accepted, score, () if accepted else (f"score {score:.3f} is below {threshold:.3f}",))
