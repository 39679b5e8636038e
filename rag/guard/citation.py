"""The citation guard, first half: what a sentence cites exists, and its quotes stand there.

The other half, whether it supports the sentence, is ``rag.guard.support``.
"""

from __future__ import annotations

from rag.article.draft import Cited, DraftClaim
from rag.article.models import ClaimBasis
from rag.guard.support.models import Finding
from rag.knowledge.library import Knowledge

NEEDS_SOURCE = frozenset({ClaimBasis.POLICY, ClaimBasis.EVIDENCE})
#: Policies of the findings made here; those of the judge have names of their own.
SOURCE, QUOTE = "source", "quote"


def citation_problem(claim: DraftClaim, knowledge: Knowledge) -> Finding | None:
    """What is wrong with the claim's citations as such: one is missing, or leads nowhere; or ``None``."""
    if claim.basis not in NEEDS_SOURCE:
        return Finding(SOURCE, "a sentence on the record or the check cites no document") if claim.sources else None
    if not claim.sources:
        return Finding(SOURCE, "it cites no source")
    return next((problem for cited in claim.sources if (problem := _location_problem(cited, knowledge))), None)


def _location_problem(cited: Cited, knowledge: Knowledge) -> Finding | None:
    try:
        _, section = knowledge.section(cited.source)
    except KeyError:
        return Finding(SOURCE, f"there is no section {cited.source}")
    stands = bool(cited.quote) and cited.quote in section.text
    return None if stands else Finding(QUOTE, f"the quote is not in {cited.source}")
