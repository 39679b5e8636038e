"""Whether a search found anything that may be cited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.retrieval.searcher import Hit


@dataclass(frozen=True)
class RelevanceRule:
    """A hit is relevant when similarity + `coverage_weight` x coverage reaches `minimum`.

    Similarity alone lets "Does the plan pay for breast reduction?" pass, for it sounds like a coverage policy;
    the words it shares with no passage tell it apart. A question of common words alone shares them with many passages:
    it has to be as near as `least_similarity` besides.
    """

    minimum: float
    coverage_weight: float
    least_similarity: float = 0.0

    def evidence(self, hit: "Hit") -> float:
        if hit.similarity < self.least_similarity:
            return 0.0
        return hit.similarity + self.coverage_weight * hit.coverage


#: Least balanced error on the calibrate half of evals/retrieval/questions.yaml, set by
#: `python -m evals.retrieval.calibrate` (2026-11, 37 documents): there 2 of 70 questions with a source refused,
#: 0 of 52 without one answered. On the test half, not used for setting it: 3 of 34 refused (95 % interval 3 to
#: 23 %), 2 of 26 answered (2 to 24 %).
RULE = RelevanceRule(minimum=0.7, coverage_weight=0.75)

#: For a question asked about a case: its own words are few ("how often can it be repeated?"). Set on the 73 hand-made
#: ones of evals/retrieval/follow_ups.yaml (2026-11): 7 of 36 with a source refused, 5 of 37 without one answered.
#: There is no untouched half; expect somewhat more of both.
IN_CONTEXT = RelevanceRule(minimum=0.53, coverage_weight=0.75, least_similarity=0.2)


def is_relevant(hits: Sequence["Hit"], *, rule: RelevanceRule = RULE) -> bool:
    """True when some hit is near enough, or speaks about a code the query names.

    False is an answer: there is no source, and none may be cited.
    """
    return any(hit.matched_codes or rule.evidence(hit) >= rule.minimum for hit in hits)
