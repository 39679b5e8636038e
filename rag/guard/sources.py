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
    """The policy "asks for" or "accepts" its criteria: that much is said by their standing in its file."""
    document = knowledge.documents[determination.policy_id]
    _, section = knowledge.section(row.source)
    payer = knowledge.payers[determination.payer]
    names = "; ".join((document.id, document.title, payer.name, *payer.aliases))
    words = f"{payer.name} ({document.id}) asks for, or accepts instead, as a part of it: {row.label}. {row.quote}."
    return Evidence(words, names, confirmed=row.basis != "unconfirmed" and section.basis != "unconfirmed")
