"""The parts of an article: their ids, order and headings, and where each looks for passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rag.criteria.determination import Status


@dataclass(frozen=True)
class Part:
    """``uses``: sections marked for this part. ``k`` passages at most, ``per_document`` of one document.

    ``spread``: documents take turns, so that none crowds the others out; else the best passages come first.
    """

    id: str
    heading: str
    uses: tuple[str, ...] = ()
    words: str = ""
    k: int = 0
    per_document: int = 1
    spread: bool = True


DETERMINATION: Final = Part("determination", "Determination")
RATIONALE: Final = Part("rationale", "Rationale", ("rationale",), "effect on pain and disability", k=11, per_document=3)
ALTERNATIVES: Final = Part("alternatives", "Alternatives", ("alternatives",), "alternatives", k=5, per_document=2)
SAFETY: Final = Part(
    "safety", "Safety", ("safety",), "serious complications and how to prevent them", k=18, per_document=8
)
PITFALLS: Final = Part("pitfalls", "Common pitfalls", ("pitfalls",), "misreading", k=8, per_document=2)
KEY_DETERMINANT: Final = Part("key_determinant", "Key determinant")

DEFICIENCIES: Final = Part("critical_deficiencies", "Critical deficiencies")
SATISFIED: Final = Part("criteria_satisfied", "Criteria satisfied")
MISSING: Final = Part("missing_documentation", "Missing documentation")

ANSWER: Final = Part("answer", "Answer", (), "", k=5, per_document=3, spread=False)
EVIDENCE: Final = Part("evidence", "Evidence", ("rationale", "evidence"), "evidence", k=5, per_document=2)
LIMITS: Final = Part("limitations", "Limitations", ("limitations", "pitfalls"), "limitations", k=4, per_document=1)

DETERMINATION_PARTS: Final = (RATIONALE, ALTERNATIVES, SAFETY, PITFALLS)
GUIDELINE_PARTS: Final = (ANSWER, EVIDENCE, SAFETY, LIMITS)


def second_part(status: Status) -> Part:
    """The part after the determination depends on the verdict."""
    if status in (Status.NOT_MET, Status.NOT_COVERED):
        return DEFICIENCIES
    return SATISFIED if status in (Status.MET, Status.POLICY_CHECK) else MISSING
