"""For every version of every shipped policy: the form is made, answered and read back to the facts that were meant."""

from __future__ import annotations

from typing import Any

import pytest

from app.dtr.canonical import FormName, form_version
from app.dtr.questionnaire import facts_asked
from app.dtr.response import facts_of_response, policy_of_response
from rag.case.facts_file import read_facts
from rag.case.values import resolve
from rag.criteria.decide import decide
from rag.criteria.policy import FactSpec, Policy, Version
from rag.knowledge.library import Knowledge, load_knowledge
from tests.app.dtr.forms import check_form, check_response, day_in, filled, form, questions

Answer = dict[str, Any]
VERSIONS = [(policy, version) for policy in load_knowledge(lazy=True).policies.values() for version in policy.versions]
every_version = pytest.mark.parametrize(
    ("policy", "version"), VERSIONS, ids=[f"{policy.id}-{form_version(version)}" for policy, version in VERSIONS]
)
WHOLE = [(policy, version) for policy, version in VERSIONS if version.complete]
#: One policy of each payer: to decide on no facts at all takes its time.
NEWEST = list({policy.payer: (policy, version) for policy, version in VERSIONS}.values())
UCUM = "http://unitsofmeasure.org"
#: By type of fact: as a facts file says it, and as FHIR does. Two of each, so that no constant reads as both.
MEANT: dict[str, list[tuple[object, list[Answer]]]] = {
    "boolean": [(True, [{"valueBoolean": True}]), (True, [{"valueBoolean": True}])],
    "percent": [
        ("62.5 %", [{"valueQuantity": {"value": 62.5, "unit": "percent", "system": UCUM, "code": "%"}}]),
        (">= 50 %", [{"valueQuantity": {"value": 50, "comparator": ">=", "system": UCUM, "code": "%"}}]),
    ],
    "duration": [
        ("6 weeks", [{"valueQuantity": {"value": 6, "unit": "weeks", "system": UCUM, "code": "wk"}}]),
        ("< 3 months", [{"valueQuantity": {"value": 3, "comparator": "<", "unit": "months"}}]),
    ],
    "count": [(2, [{"valueInteger": 2}]), (0, [{"valueInteger": 0}])],
    "score": [(7, [{"valueDecimal": 7}]), ("4.5", [{"valueDecimal": 4.5}])],
    "date": [("2026-03-01", [{"valueDate": "2026-03-01"}]), ("2025-12-31", [{"valueDate": "2025-12-31"}])],
    "codes": [
        (["62321"], [{"valueString": "62321"}]),
        (["64483", "64484"], [{"valueString": c} for c in ("64483", "64484")]),
    ],
}


def meant(fact: FactSpec, turn: int) -> tuple[object, list[Answer]]:
    if fact.type == "choice":
        choice = fact.choices[0 if turn == 0 else -1]
        return choice, [{"valueCoding": {"code": choice}}]
    return MEANT[fact.type][turn]


@every_version
@pytest.mark.parametrize("turn", [0, 1])
def test_what_was_answered_is_what_is_read(policy: Policy, version: Version, turn: int, knowledge: Knowledge) -> None:
    asked = form(policy, knowledge, version)
    check_form(asked)
    facts = facts_asked(policy, version, knowledge)
    assert sorted(question["linkId"] for question in questions(asked)) == sorted(fact.id for fact in facts)
    answers = {fact.id: meant(fact, turn) for fact in facts}
    answered = filled(asked, {name: answer for name, (_, answer) in answers.items()})
    check_response(answered)
    read = facts_of_response(answered, knowledge)
    expected = read_facts({name: value for name, (value, _) in answers.items()}, knowledge.vocabulary)
    assert read == expected
    assert {fact.id for fact in read.facts} == {fact.id for fact in facts}
    assert policy_of_response(answered, knowledge) == FormName(policy, form_version(version), version)


@pytest.mark.parametrize(("policy", "version"), NEWEST, ids=[policy.id for policy, _ in NEWEST])
def test_the_form_of_what_is_missing_asks_for_just_that(policy: Policy, version: Version, knowledge: Knowledge) -> None:
    determination = decide(policy, {}, day_in(version))
    asked = form(policy, knowledge, version, determination=determination)
    check_form(asked)
    assert sorted(q["linkId"] for q in questions(asked)) == sorted(fact.fact for fact in determination.missing)


@pytest.mark.parametrize(("policy", "version"), WHOLE, ids=[policy.id for policy, _ in WHOLE])
def test_answering_what_is_missing_settles_it_or_asks_on(
    policy: Policy, version: Version, knowledge: Knowledge
) -> None:
    """Facts answered with yes, fully: none of them is asked a second time."""
    asked = form(policy, knowledge, version, facts={})
    specs = {fact.id: fact for fact in facts_asked(policy, version, knowledge)}
    answers = {question["linkId"]: meant(specs[question["linkId"]], 0)[1] for question in questions(asked)}
    values = resolve(facts_of_response(filled(asked, answers), knowledge), knowledge.vocabulary)
    still = form(policy, knowledge, version, facts=values)
    check_form(still)
    assert answers.keys().isdisjoint(question["linkId"] for question in questions(still))


def test_every_shipped_policy_is_looked_at(knowledge: Knowledge) -> None:
    assert (
        WHOLE
        and {policy.id for policy, _ in VERSIONS} == set(knowledge.policies)
        and len(VERSIONS) > len(knowledge.policies)
    )
