"""The verdict of an article, from the determinations alone. Nothing a writer says reaches this."""

from __future__ import annotations

from collections import Counter

from rag.article.material import Material
from rag.article.models import Audience, Verdict
from rag.article.wording import STATUS_SHORT, join, status_sentence
from rag.criteria.determination import Determination, Record, Status
from rag.criteria.values import Codes, OneOf

_ORDER = (Status.MET, Status.NOT_MET, Status.NOT_COVERED, Status.DOCUMENTATION, Status.POLICY_CHECK)


def requested(material: Material) -> str:
    """What is asked for, as a sentence names it: the code, or the procedure in words."""
    codes = material.values.get("procedure.code")
    if isinstance(codes, Codes):
        return join(sorted(codes.given))
    if isinstance(codes, OneOf):
        return f"the procedure ({join(sorted(codes.options), 'or')})"
    return "the procedure"


def overall_status(determinations: tuple[Determination, ...]) -> Status:
    """One status for all policies that decide: theirs when they agree, else open until the payer is known."""
    found = {determination.status for determination in determinations}
    if not found:
        return Status.NOT_APPLICABLE
    return found.pop() if len(found) == 1 else Status.DOCUMENTATION


def status_of_policy(material: Material, determination: Determination, what: str) -> str:
    """The sentence on one policy; one of which nothing is confirmed says so instead of "the confirmed criteria"."""
    policy = material.name(determination)
    decides = any(row.basis != "unconfirmed" and row.decides == "always" for row in determination.criteria)
    if determination.status is Status.POLICY_CHECK and not decides:
        return f"Under {policy} no criterion is confirmed here for {what}, so nothing is decided; read the policy itself."
    return status_sentence(determination.status, what=what, policy=policy, audience=material.audience)


def make_verdict(material: Material) -> Verdict:
    decided = material.decided
    status = overall_status(decided)
    what = requested(material)
    if len(decided) == 1:
        headline = status_of_policy(material, decided[0], what)
    else:
        headline = _divided(decided, what, material.audience)
    record = "the record, declared closed" if material.record is Record.CLOSED else "the record given"
    basis = (
        f"Criteria check by code of {len(decided)} {'policy' if len(decided) == 1 else 'policies'} "
        f"for a service on {material.on.isoformat()}, on {record}."
    )
    return Verdict(status=status, headline=headline, basis=basis)


def _divided(decided: tuple[Determination, ...], what: str, audience: Audience) -> str:
    if not decided:
        return f"No policy here governs {what} on that day."
    counted = Counter(determination.status for determination in decided)
    parts = [f"{STATUS_SHORT[status]} under {counted[status]}" for status in _ORDER if counted[status]]
    rules = "sets of rules" if audience is Audience.PATIENT else "policies"
    return f"{what[0].upper() + what[1:]}: {join(parts)} of {len(decided)} {rules}. The payer decides which one counts."
