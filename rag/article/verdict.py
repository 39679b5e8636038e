"""The verdict of an article, from the determinations alone. Nothing a writer says reaches this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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


def decides_something(determination: Determination) -> bool:
    """Whether any deciding criterion of the policy is confirmed."""
    return any(row.basis != "unconfirmed" and row.decides == "always" for row in determination.criteria)


def status_of_policies(material: Material, determinations: Sequence[Determination], what: str) -> str:
    """One sentence on policies of one status; where nothing is confirmed it does not say "the confirmed criteria"."""
    names = [material.name(determination) for determination in determinations]
    status = determinations[0].status
    if status is Status.POLICY_CHECK and not any(decides_something(d) for d in determinations):
        return (
            f"Under {join(names)} no criterion is confirmed here for {what}, so nothing is decided; "
            f"read the {'policy itself' if len(names) == 1 else 'policies themselves'}."
        )
    return status_sentence(status, what=what, policies=names, audience=material.audience)


def by_status(decided: Sequence[Determination]) -> list[list[Determination]]:
    """The policies in groups of one status, in the order statuses are spoken of; those that decide nothing apart."""
    groups: dict[tuple[int, bool], list[Determination]] = {}
    for determination in decided:
        key = (_ORDER.index(determination.status), not decides_something(determination))
        groups.setdefault(key, []).append(determination)
    return [groups[key] for key in sorted(groups)]


def make_verdict(material: Material) -> Verdict:
    decided = material.decided
    status = overall_status(decided)
    what = requested(material)
    if len(decided) == 1:
        headline = status_of_policies(material, decided, what)
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
