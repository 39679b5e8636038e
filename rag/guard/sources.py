"""What a claim's citations hold: the words each support judgement is made on."""

from __future__ import annotations

from collections.abc import Sequence

from rag.article.draft import DraftClaim
from rag.criteria.determination import CriterionResult, Determination
from rag.guard.judging import section_evidence
from rag.guard.support.models import Evidence
from rag.knowledge.library import Knowledge


def evidence_of(claim: DraftClaim, determinations: Sequence[Determination], knowledge: Knowledge) -> list[Evidence]:
    """Each section cited, once; for a sentence on a criterion also the criterion, as its policy's file words it.

    That a criterion's wording fits the section it cites is the corpus's matter: its checks and worked cases see to it.
    """
    sections = [_section(source, knowledge) for source in dict.fromkeys(cited.source for cited in claim.sources)]
    return [*sections, *_criteria(claim, determinations, knowledge)]


def _section(source: str, knowledge: Knowledge) -> Evidence:
    return section_evidence(*knowledge.section(source), knowledge.payers)


def _criteria(claim: DraftClaim, determinations: Sequence[Determination], knowledge: Knowledge) -> list[Evidence]:
    cited = {one.source for one in claim.sources}
    return [
        _criterion(row, determination, knowledge)
        for determination in determinations
        for row in determination.criteria
        if row.id in claim.criteria and row.source in cited and determination.policy_id in claim.text
    ]


def _criterion(row: CriterionResult, determination: Determination, knowledge: Knowledge) -> Evidence:
    """That the policy asks for its criterion, or accepts it: so much is said by its standing in the policy's file."""
    document = knowledge.documents[determination.policy_id]
    _, section = knowledge.section(row.source)
    name = f"{knowledge.payers[determination.payer].name} ({document.id})"
    confirmed = "unconfirmed" not in (row.basis, section.basis)
    words = [f"{name} {verb}: {row.label}" for verb in ("asks for", "accepts instead")] + [
        f"{name}, part of it: {row.label}"
    ]
    said = ". ".join(words if confirmed else [f"{one} (not confirmed here)" for one in words])
    return Evidence(f"{said}. {row.quote}.", f"{document.id}; {document.title}", confirmed=confirmed)
