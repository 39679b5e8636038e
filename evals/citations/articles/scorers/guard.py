"""The guard's own opinion. Of articles that passed the guard it is circular, which is why others stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.citations.articles.scorers.scorer import Asked, Opinion
from evals.citations.methods.guarded import Judges
from rag.guard.judging import section_evidence
from rag.guard.support.models import Evidence, Judgement
from rag.knowledge.library import Knowledge


@dataclass(frozen=True)
class GuardScorer:
    """The cited sections are all it is shown. In the chain it also sees the criterion a sentence is on."""

    guard: Judges
    knowledge: Knowledge
    name: str = "guard"
    most: int | None = None

    def judge(self, asked: Sequence[Asked]) -> list[Opinion]:
        """Where the guard breaks, each is asked for alone."""
        if not asked:
            return []
        try:
            return list(map(_opinion, self.guard.judge_all([(one.sentence, self._evidence(one)) for one in asked])))
        except Exception as error:
            if len(asked) == 1:
                return [Opinion(False, f"it broke: {type(error).__name__}: {error}")]
        return [opinion for one in asked for opinion in self.judge([one])]

    def _evidence(self, asked: Asked) -> list[Evidence]:
        known = self.knowledge
        return [section_evidence(*known.section(source), known.payers) for source in asked.sources]


def _opinion(judgement: Judgement) -> Opinion:
    found = "; ".join(f"{one.policy}: {one.reason}" for one in judgement.findings)
    return Opinion(judgement.supported, found)
