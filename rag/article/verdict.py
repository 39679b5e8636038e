"""The verdict of an article, from the determinations alone. Nothing a writer says reaches this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag.article.material import Material
from rag.article.models import Verdict
from rag.article.voice import voice_of
from rag.article.wording import join
from rag.criteria.determination import Determination, Status
from rag.criteria.values import Codes, OneOf

_ORDER = (Status.MET, Status.NOT_MET, Status.NOT_COVERED, Status.DOCUMENTATION, Status.POLICY_CHECK)


def requested(material: Material) -> str:
    """What is asked for, as a sentence names it: the code, or the procedure in words."""
    codes = material.values.get("procedure.code")
    voice = voice_of(material)
    if isinstance(codes, Codes):
        return voice.code(join(sorted(codes.given)))
    if isinstance(codes, OneOf):
        return f"the procedure ({voice.code(join(sorted(codes.options), 'or'))})"
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
    voice = voice_of(material)
    nothing = determinations[0].status is Status.POLICY_CHECK and not any(decides_something(d) for d in determinations)
    return voice.nothing_confirmed(determinations, what) if nothing else voice.status(determinations, what)


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
    voice = voice_of(material)
    what = voice.introduced(requested(material))
    headline = status_of_policies(material, decided, what) if len(decided) == 1 else _divided(material, what)
    basis = voice.basis(len(decided), material.on, material.record)
    return Verdict(status=status, headline=headline, basis=basis)


def _divided(material: Material, what: str) -> str:
    decided, voice = material.decided, voice_of(material)
    if not decided:
        return voice.none_governs(what)
    counted = Counter(determination.status for determination in decided)
    return voice.divided({status: counted[status] for status in _ORDER if counted[status]}, len(decided), what)
