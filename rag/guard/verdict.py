"""The verdict guard: only the criteria check speaks of a status; no other sentence may state or imply one."""

from __future__ import annotations

import re

from rag.article.draft import DraftClaim
from rag.article.models import ClaimBasis, Verdict

_SUBJECT = (
    r"\b(?:this|the|her|his|your|our)\s+(?:patient|request|case|injection|procedure|service|treatment)(?:['’]s)?\b"
)
_STATUS = (
    r"\b(?:meets?|met|satisf(?:y|ies|ied)|qualif(?:y|ies|ied)|fails?|failed|(?:is|are|be)\s+(?:not\s+)?(?:medically\s+)?"
    r"(?:necessary|justified|covered|approved|denied|appropriate|warranted|eligible)|approved|denied|covered)\b"
)
_IMPLIED = re.compile(rf"{_SUBJECT}.{{0,80}}{_STATUS}", re.IGNORECASE | re.DOTALL)
_OWN_WORDS = re.compile(
    r"\b(?:would|will|should|is likely to|likely)\s+be\s+(?:approved|denied|covered)\b", re.IGNORECASE
)


def verdict_problem(claim: DraftClaim, *, quoted: bool) -> str | None:
    """Why a sentence not made by the check may not stand. ``quoted``: it stands word for word in what it cites."""
    if claim.basis is ClaimBasis.CHECK or quoted:
        return None
    if _OWN_WORDS.search(claim.text) or (claim.basis is not ClaimBasis.CASE and _IMPLIED.search(claim.text)):
        return "it states or implies a status; only the criteria check does that"
    return None


def headline_problem(first: DraftClaim | None, verdict: Verdict) -> str | None:
    """The article opens with the verdict of the check, word for word."""
    if first is None or first.basis is not ClaimBasis.CHECK or first.text != verdict.headline:
        return "the article does not open with the verdict of the criteria check"
    return None
