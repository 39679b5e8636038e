"""The case guard: a sentence about the patient rests on words of the record, and on nothing else."""

from __future__ import annotations

import re

from rag.article.draft import DraftClaim
from rag.article.models import ClaimBasis
from rag.case.models import Case

_PATIENT = re.compile(r"\b(?:this|the|our|your) (?:patient|record|question)(?:['’]s)?\b", re.IGNORECASE)


def case_problem(claim: DraftClaim, case: Case, *, quoted: bool) -> str | None:
    """Why the claim may not stand. ``quoted``: it stands word for word in what it cites."""
    if claim.basis is ClaimBasis.CASE:
        if not claim.case_quotes:
            return "a sentence on the record quotes nothing of it"
        found = all(case.text[q.start : q.end] == q.quote for q in claim.case_quotes)
        return None if found else "a quoted stretch does not stand in the record"
    if claim.case_quotes:
        return "a sentence on documents or the check quotes the record"
    if claim.basis is not ClaimBasis.CHECK and not quoted and _PATIENT.search(claim.text):
        return "it speaks of the patient without words of the record"
    return None
