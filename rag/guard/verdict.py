"""The verdict guard: only the criteria check speaks of a status; no other sentence may state or imply one."""

from __future__ import annotations

from rag.article.draft import DraftClaim
from rag.article.models import ClaimBasis, Verdict
from rag.guard.implied import implied_status
from rag.guard.own_words import own_words
from rag.guard.verdict_rules import VerdictRules


def verdict_problem(claim: DraftClaim, *, quoted: bool, rules: VerdictRules) -> str | None:
    """Why a sentence not made by the check may not stand. ``quoted``: it stands word for word in what it cites."""
    if claim.basis is ClaimBasis.CHECK or quoted:
        return None
    reason = implied_status(own_words(claim), rules)
    return reason and f"it may state or imply a status: {reason}"


def headline_problem(first: DraftClaim | None, verdict: Verdict) -> str | None:
    """The article opens with the verdict of the check, word for word."""
    if first is None or first.basis is not ClaimBasis.CHECK or first.text != verdict.headline:
        return "the article does not open with the verdict of the criteria check"
    return None
