"""The reading grade of what a reader is given.

Target: grade 8, the most that the National Institutes of Health advise for patient materials; the American Medical
Association advises grade 6. Both as summed up by Rooney et al. 2021, Journal of Patient Experience 8:2374373521998847.
"""

from __future__ import annotations

from typing import Final

from evals.metrics.reading_grade import reading_grade
from rag.knowledge.library import Knowledge

TARGET: Final = 8
#: What a text that is not there counts as: the year after the last of a doctorate.
WORST: Final = 20


def grade_of(text: str, knowledge: Knowledge) -> float | None:
    """Names of payers and titles and ids of policies do not count: no wording could make them shorter."""
    policies = knowledge.policies.values()
    names = [name for one in policies for name in (one.payer_name, one.title, f"({one.id})", one.id)]
    return reading_grade(text, leaving_out=names)
