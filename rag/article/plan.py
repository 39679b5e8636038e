"""The parts of an article: their ids, order and headings, and where each looks for passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rag.article.models import Audience
from rag.criteria.determination import Status


@dataclass(frozen=True)
class Part:
    """``uses``: sections marked for this part. ``k`` passages at most, ``per_document`` of one document.

    ``spread``: documents take turns, so that none crowds the others out; else the best passages come first.
    ``plain``: the heading for patients and families, where it is another.
    """

    id: str
    heading: str
    uses: tuple[str, ...] = ()
    words: str = ""
    k: int = 0
    per_document: int = 1
    spread: bool = True
    plain: str = ""

    def heading_for(self, audience: Audience) -> str:
        return self.plain if self.plain and audience is Audience.PATIENT else self.heading


DETERMINATION: Final = Part("determination", "Determination", plain="What was found")
RATIONALE: Final = Part(
    "rationale", "Rationale", ("rationale",), "effect on pain and disability", k=11, per_document=3, plain="Why"
)
ALTERNATIVES: Final = Part(
    "alternatives", "Alternatives", ("alternatives",), "alternatives", k=5, per_document=2, plain="Other choices"
)
SAFETY: Final = Part(
    "safety", "Safety", ("safety",), "serious complications and how to prevent them", k=18, per_document=8
)
PITFALLS: Final = Part(
    "pitfalls", "Common pitfalls", ("pitfalls",), "misreading", k=8, per_document=2, plain="Easy to mix up"
)
KEY_DETERMINANT: Final = Part("key_determinant", "Key determinant", plain="What matters most")

DEFICIENCIES: Final = Part("critical_deficiencies", "Critical deficiencies", plain="What does not fit")
SATISFIED: Final = Part("criteria_satisfied", "Criteria satisfied", plain="What fits")
MISSING: Final = Part("missing_documentation", "Missing documentation", plain="What is not written down yet")

ANSWER: Final = Part("answer", "Answer", (), "", k=5, per_document=3, spread=False)
EVIDENCE: Final = Part(
    "evidence", "Evidence", ("rationale", "evidence"), "evidence", k=5, per_document=2, plain="What studies say"
)
LIMITS: Final = Part(
    "limitations", "Limitations", ("limitations", "pitfalls"), "limitations", k=4, plain="What is not sure"
)

DETERMINATION_PARTS: Final = (RATIONALE, ALTERNATIVES, SAFETY, PITFALLS)
GUIDELINE_PARTS: Final = (ANSWER, EVIDENCE, SAFETY, LIMITS)

_PARTS: Final = (
    DETERMINATION,
    DEFICIENCIES,
    SATISFIED,
    MISSING,
    *DETERMINATION_PARTS,
    KEY_DETERMINANT,
    *GUIDELINE_PARTS,
)


def subject(section: str) -> str:
    """The heading of a section by its id, as it is before any audience is thought of; an unknown id stays as it is."""
    return next((part.heading for part in _PARTS if part.id == section), section)


def second_part(status: Status) -> Part:
    """The part after the determination depends on the verdict."""
    if status in (Status.NOT_MET, Status.NOT_COVERED):
        return DEFICIENCIES
    return SATISFIED if status in (Status.MET, Status.POLICY_CHECK) else MISSING
