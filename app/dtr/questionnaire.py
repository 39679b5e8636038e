"""A policy version as a FHIR R4 Questionnaire: all it asks about, or what a record still leaves open.

Sources: FHIR R4, Questionnaire; Structured Data Capture guide; Da Vinci DTR, "DTR Standard Questionnaire" (subject
type Patient, at least one item). No profile is claimed in ``meta``: the form is made by this project, not by a payer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.dtr.canonical import canonical, form_url, form_version, shorter_form_url
from app.dtr.items import Item, groups
from rag.article.words import version_words, window_words
from rag.criteria.decide import CODE_FACT, decide
from rag.criteria.determination import Determination, Effective
from rag.criteria.policy import Criterion, FactSpec, Policy, Version
from rag.criteria.requirements import demand
from rag.criteria.rules import facts_of
from rag.criteria.values import Value
from rag.errors import UserError
from rag.knowledge.library import Knowledge

PUBLISHER = "guideline-qa"
PURPOSE = (
    "Asks for what a digest of the policy's criteria needs to be checked. It is not the payer's own form, and an "
    "answer decides nothing: a person does."
)
_NOTHING: Item = {
    "linkId": "nothing-missing",
    "type": "display",
    "text": "No fact is missing that could still change the status under this version of the policy.",
}


def questionnaire(
    policy: Policy,
    *,
    knowledge: Knowledge,
    base_url: str,
    on: date,
    facts: Mapping[str, Value] | None = None,
    determination: Determination | None = None,
) -> dict[str, Any]:
    """The form for a service on ``on``. ``base_url`` is the public address of the API.

    With ``facts`` (resolved values) or the policy's ``determination``, only what is missing is asked; the form then has
    a name of its own and says which form it is taken from. Raises UserError when no version covers the day.
    """
    version = version_on(policy, on)
    if determination is None and facts is not None:
        determination = decide(policy, facts, on)
    asked = facts_asked(policy, version, knowledge)
    whole = determination is None
    if determination is not None:
        missing = {fact.fact for fact in determination.missing}
        asked = tuple(fact for fact in asked if fact.id in missing)
    form = _header(policy, version, knowledge) | _identity(policy, version, base_url, None if whole else asked)
    link = knowledge.documents[policy.id].url
    items = groups(asked, link=link, base_url=base_url, scopes=knowledge.vocabulary.scopes)
    return form | {"item": items or [dict(_NOTHING)]}


def version_on(policy: Policy, on: date) -> Version:
    """The version in force. Raises UserError when there is none."""
    version = policy.on(on)
    if version is None:
        windows = "; ".join(str(found.window) for found in policy.versions)
        raise UserError(f"No version of the policy {policy.id} covers {on} (versions: {windows}). Give another date.")
    return version


def facts_asked(policy: Policy, version: Version, knowledge: Knowledge) -> tuple[FactSpec, ...]:
    """The facts the version's criteria use, and the procedure code, which says whether the policy governs at all."""
    used = {CODE_FACT} | {fact for criterion in version.criteria for fact in _facts(criterion)}
    order = knowledge.vocabulary.order
    return tuple(sorted((policy.facts[fact] for fact in used if fact in policy.facts), key=lambda f: order[f.id]))


def _facts(criterion: Criterion) -> tuple[str, ...]:
    guard = facts_of(criterion.when) if criterion.when is not None else ()
    return (*guard, *facts_of(demand(criterion)))


def _identity(policy: Policy, version: Version, base_url: str, only: tuple[FactSpec, ...] | None) -> Item:
    if only is None:
        return {"id": f"{policy.id}-questionnaire"[:64], "url": form_url(policy.id, base_url)}
    url = shorter_form_url(policy.id, base_url, (fact.id for fact in only))
    return {"url": url, "derivedFrom": [canonical(policy, version, base_url)]}


def _header(policy: Policy, version: Version, knowledge: Knowledge) -> Item:
    document = knowledge.documents[policy.id]
    window = Effective(start=version.window.start, end=version.window.end)
    said = f"{version_words(version.version)}, {window_words(window)}, last checked {document.last_checked}"
    header: Item = {
        "resourceType": "Questionnaire",
        "version": form_version(version),
        "name": "".join(part.capitalize() for part in ("policy", *policy.id.split("-"))),
        "title": f"{policy.payer_name}: {policy.title}",
        "status": "active",
        "experimental": False,
        "subjectType": ["Patient"],
        "date": document.last_checked.isoformat(),
        "publisher": PUBLISHER,
        "description": f"Questions about the criteria of {policy.payer_name}: {policy.title} ({policy.id}), {said}.",
        "purpose": PURPOSE,
    }
    ends = {"start": version.window.start, "end": version.window.end}
    period = {name: day.isoformat() for name, day in ends.items() if day}
    return header | ({"effectivePeriod": period} if period else {})
