"""Refusals: what is missing, what to do instead, and nothing cited."""

from __future__ import annotations

from dataclasses import dataclass

from rag.article.draft import Draft, DraftSection, check
from rag.article.models import Audience
from rag.article.wording import join
from rag.criteria.decide import CODE_FACT
from rag.criteria.values import Codes
from rag.intake import Intake
from rag.knowledge.library import Knowledge
from rag.knowledge.scope import Refusal

_NAMED = 4
"""With fewer policies than this in question, each says why it does not apply."""


@dataclass(frozen=True)
class Reason:
    """Why there is no answer, and what to do."""

    says: str
    instead: str


def scope_reason(refusal: Refusal) -> Reason:
    return Reason(refusal.says, refusal.instead)


def no_policy(intake: Intake, knowledge: Knowledge) -> Reason:
    """No policy of the corpus (or of the selection, or on that day) governs what is asked for."""
    requested = intake.values.get(CODE_FACT)
    codes = sorted(requested.given) if isinstance(requested, Codes) else []
    coded = [f"{code} ({label})" if (label := _label(code, knowledge)) else code for code in codes]
    if intake.unknown_subject:
        coded = [f"“{' '.join(intake.unknown_subject.split())}”"]
    named = join(coded or [knowledge.codes.families[family].label for family in intake.families]) or "what is asked for"
    where = f" of {intake.payer.name}" if intake.payer else ""
    few = intake.determinations if len(intake.determinations) < _NAMED and not intake.unknown_subject else ()
    reasons = "; ".join(f"{d.policy_id} {d.reason}" for d in few)
    audience = intake.options.audience
    says = f"No policy{where} in this corpus covers {named} on {intake.on.isoformat()}, so nothing was decided."
    if audience is Audience.PATIENT:
        says = f"No set of rules{where} here is about {named} on {intake.on.isoformat()}. So nothing was decided."
    return Reason(f"{says} {reasons}." if reasons else says, covered(knowledge, audience))


def no_source(knowledge: Knowledge, audience: Audience = Audience.CLINICIAN) -> Reason:
    says = "No document in this corpus speaks to the question, so there is nothing to answer from and nothing is cited."
    if audience is Audience.PATIENT:
        says = "Nothing that is held here speaks to the question. So there is no answer, and no source is named."
    return Reason(says, covered(knowledge, audience))


def covered(knowledge: Knowledge, audience: Audience = Audience.CLINICIAN) -> str:
    """What the corpus does hold, from its own policies."""
    codes = sorted({code for policy in knowledge.policies.values() for code in policy.codes})
    families = dict.fromkeys(family.label for code in codes if (family := knowledge.codes.family_of(code)))
    payers = join(sorted({policy.payer_name for policy in knowledge.policies.values()}))
    if audience is Audience.PATIENT:
        return (
            f"What is missing is a set of rules about it. The rules held here are on: {join(families)} "
            f"(codes {join(codes)}). They are those of {payers}. Ask about one of these. "
            "For other care, call the plan and ask which rules it uses."
        )
    return (
        f"What is missing is a policy or guideline about it. This corpus holds policies on {join(families)} "
        f"(codes {join(codes)}) of {payers}. Ask about one of these, or add the document (see corpus/README.md)."
    )


def _label(code: str, knowledge: Knowledge) -> str | None:
    found = knowledge.codes.procedures.get(code)
    return found.label if found else None


def refusal_draft(reason: Reason) -> Draft:
    claims = (check(reason.says), check(reason.instead))
    return Draft((DraftSection("refusal", "No answer", claims),))
