"""A score with a threshold, set on the calibrate half of the project's pairs and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.citations.articles.scorers.scorer import Asked, Opinion
from evals.citations.methods.method import Call
from evals.citations.methods.threshold import Thresholded
from evals.citations.pair import Pair
from rag.knowledge.library import Knowledge


@dataclass(frozen=True)
class ThresholdScorer:
    name: str
    method: Thresholded
    calibrate: tuple[Pair, ...]
    knowledge: Knowledge
    most: int | None = None

    def judge(self, asked: Sequence[Asked]) -> list[Opinion]:
        """Raises NotCalibrated where the pairs to calibrate on have one label."""
        if not asked:
            return []
        calls = self.method.judge([self._pair(one) for one in asked], calibrate=self.calibrate).calls
        return list(map(_opinion, calls))

    def _pair(self, asked: Asked) -> Pair:
        """The label is not looked at."""
        passage = "\n".join(self.knowledge.section(source)[1].text for source in asked.sources)
        return Pair(asked.sentence, asked.sentence, passage, supported=False, kind="asked", half="report")


def _opinion(call: Call) -> Opinion:
    return Opinion(call.accepted, "; ".join(call.found))
