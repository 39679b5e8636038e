"""All guards over a draft: what fails is removed, with its reason."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ingest.documents import Document
from rag.article.draft import Draft, DraftClaim
from rag.article.models import Verdict
from rag.case.models import Case
from rag.guard.case import case_problem
from rag.guard.citation import citation_problem
from rag.guard.verdict import headline_problem, verdict_problem

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rejection:
    """A sentence that did not pass, and why."""

    section: str
    claim: DraftClaim
    reason: str


class GuardError(Exception):
    """A draft that cannot be repaired by taking sentences out."""


def guard(
    draft: Draft, *, case: Case, documents: Mapping[str, Document], verdict: Verdict | None
) -> tuple[Draft, tuple[Rejection, ...]]:
    """The draft without the sentences that fail, and those sentences.

    Raises ``GuardError`` when a determination does not open with its verdict: no article is better than that one.
    """
    rejected: list[Rejection] = []
    sections = []
    for section in draft.sections:
        kept = []
        for claim in section.claims:
            reason = problem(claim, case, documents)
            if reason is None:
                kept.append(claim)
            else:
                rejected.append(Rejection(section.id, claim, reason))
        sections.append(replace(section, claims=tuple(kept)))
    checked = replace(draft, sections=tuple(sections))
    if verdict is not None:
        first = checked.sections[0].claims[0] if checked.sections and checked.sections[0].claims else None
        if reason := headline_problem(first, verdict):
            raise GuardError(reason)
    if rejected:
        # Sentences may quote the record: reasons are logged, the sentences never.
        log.warning("guard removed %d sentences: %s", len(rejected), "; ".join(sorted({r.reason for r in rejected})))
    return checked, tuple(rejected)


def problem(claim: DraftClaim, case: Case, documents: Mapping[str, Document]) -> str | None:
    """The first reason why a claim may not stand, or ``None``."""
    found = citation_problem(claim, documents)
    if found is not None:
        return found
    quoted = bool(claim.sources) and all(claim.text == cited.quote for cited in claim.sources)
    return case_problem(claim, case, quoted=quoted) or verdict_problem(claim, quoted=quoted)
