"""The case guard: a sentence about the patient rests on words of the record, and on nothing else."""

from __future__ import annotations

from rag.article.draft import DraftClaim
from rag.article.models import CaseQuote, ClaimBasis
from rag.case.models import Case
from rag.guard.patient import speaks_of_patient
from rag.guard.verdict_rules import VerdictRules


def case_problem(claim: DraftClaim, case: Case, *, quoted: bool, rules: VerdictRules) -> str | None:
    """Why the claim may not stand. ``quoted``: it stands word for word in what it cites.

    Of the record it may quote only what a fact was read from: other words there may say anything.
    """
    if claim.basis is ClaimBasis.CASE:
        return _quote_problem(claim.case_quotes, case)
    if claim.case_quotes:
        return "a sentence on documents or the check quotes the record"
    if claim.basis is not ClaimBasis.CHECK and not quoted and speaks_of_patient(claim.text, rules):
        return "it speaks of the patient without words of the record"
    return None


def _quote_problem(quotes: tuple[CaseQuote, ...], case: Case) -> str | None:
    if not quotes:
        return "a sentence on the record quotes nothing of it"
    if not all(case.text[quote.start : quote.end] == quote.quote for quote in quotes):
        return "a quoted stretch does not stand in the record"
    if not all(_is_of_a_fact(quote, case) for quote in quotes):
        return "a quoted stretch is not what a fact was read from"
    return None


def _is_of_a_fact(quote: CaseQuote, case: Case) -> bool:
    return any(
        fact.start is not None and fact.end is not None and fact.start <= quote.start and quote.end <= fact.end
        for fact in case.facts
    )
