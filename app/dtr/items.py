"""Questions of a Questionnaire: one item for each fact, of the type its value has.

Sources: FHIR R4, Questionnaire (types of items, ``answerOption``, ``enableWhen``); Structured Data Capture guide
(``questionnaire-unitOption``, ``questionnaire-supportLink``, ``minValue``, ``maxValue``); Da Vinci DTR, "DTR Base
Questionnaire" (every item has a text). Choices stand in the form itself, so no terminology server is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from app.dtr.canonical import choice_system
from app.dtr.ucum import OFFERED, UCUM
from rag.criteria.policy import FactSpec
from rag.criteria.values import DOMAINS
from rag.knowledge.vocabulary import Scope

Item = dict[str, Any]

_FHIR = "http://hl7.org/fhir/StructureDefinition"
_TYPES = {
    "boolean": "boolean",
    "choice": "choice",
    "percent": "quantity",
    "duration": "quantity",
    "count": "integer",
    "score": "decimal",
    "date": "date",
    "codes": "string",
}


def groups(facts: Sequence[FactSpec], *, link: str, base_url: str, scopes: Iterable[Scope]) -> list[Item]:
    """The questions, in groups by the first word of their ids; ``facts`` are in the vocabulary's order.

    ``link`` is shown beside each group: the page of the policy that asks.
    """
    conditions = _conditions(facts, tuple(scopes))
    by_group = groupby(sorted(facts, key=lambda fact: _first_place(fact, facts)), key=_group)
    return [
        {
            "linkId": name,
            "text": name.replace("_", " ").capitalize(),
            "type": "group",
            "extension": [{"url": f"{_FHIR}/questionnaire-supportLink", "valueUri": link}],
            "item": [_question(fact, base_url) | conditions.get(fact.id, {}) for fact in members],
        }
        for name, members in by_group
    ]


def _group(fact: FactSpec) -> str:
    return fact.id.partition(".")[0]


def _first_place(fact: FactSpec, facts: Sequence[FactSpec]) -> int:
    """Where the fact's group begins: a sort by it keeps groups together and everything else in its order."""
    return next(place for place, other in enumerate(facts) if _group(other) == _group(fact))


def _question(fact: FactSpec, base_url: str) -> Item:
    item: Item = {"linkId": fact.id, "text": fact.question, "type": _TYPES[fact.type]}
    if extensions := [*_units(fact), *_limits(fact)]:
        item["extension"] = extensions
    if fact.type == "codes":
        item["repeats"] = True
    if fact.type == "choice":
        system = choice_system(fact.id, base_url)
        item["answerOption"] = [
            {"valueCoding": {"system": system, "code": choice, "display": choice.replace("_", " ")}}
            for choice in fact.choices
        ]
    return item


def _units(fact: FactSpec) -> list[Item]:
    return [
        {
            "url": f"{_FHIR}/questionnaire-unitOption",
            "valueCoding": {"system": UCUM, "code": unit.code, "display": unit.name},
        }
        for unit in OFFERED.get(fact.type, ())
    ]


def _limits(fact: FactSpec) -> list[Item]:
    """The least and the greatest answer, where the type has them and an extension can say so."""
    key = {"count": "valueInteger", "score": "valueDecimal"}.get(fact.type)
    if key is None:
        return []
    ends = zip(("minValue", "maxValue"), DOMAINS[fact.type], strict=True)
    return [{"url": f"{_FHIR}/{name}", key: int(end)} for name, end in ends if abs(end) != float("inf")]


def _conditions(facts: Sequence[FactSpec], scopes: Sequence[Scope]) -> dict[str, Item]:
    """Questions that fall away where the answer to another is no (FHIR R4: ``!=`` holds while it is unanswered)."""
    asked = {fact.id for fact in facts}
    return {
        fact.id: {"enableWhen": [{"question": scope.unless_false, "operator": "!=", "answerBoolean": False}]}
        for scope in scopes
        if scope.unless_false in asked
        for fact in facts
        if falls_under(fact.id, scope)
    }


def falls_under(fact_id: str, scope: Scope) -> bool:
    """Whether the fact says nothing where the scope's own fact is false."""
    return fact_id.startswith(scope.prefix) and fact_id not in scope.keep and fact_id != scope.unless_false
