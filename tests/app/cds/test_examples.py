"""Every example request: what goes in and what comes out is CDS Hooks 2.0 and FHIR, and the statuses are decide's."""

import re
from collections.abc import Iterable
from datetime import date

import pytest

from rag.case.facts_file import read_facts
from rag.case.implied import with_implied
from rag.case.values import resolve
from rag.criteria.decide import decide
from rag.criteria.determination import Status
from rag.knowledge.library import Knowledge
from rag.knowledge.selection import select_policies
from tests.app.cds.hooks import (
    EXAMPLES,
    Example,
    answer,
    answered,
    check_against_specification,
    check_fhir,
    on_the_wire,
)

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
PATIENT_WORDS = ("pat-1", "Marisol", "Inventado", "Springfield", "1967", "gabapentin", "Migraine", "evil", "Mutual")


@every_example
def test_the_example_is_itself_a_request_of_the_specification(example: Example) -> None:
    check_against_specification(example.request, "request")
    for entry in example.request["context"]["draftOrders"]["entry"]:
        if entry["resource"]["resourceType"] == "ServiceRequest":
            check_fhir(entry["resource"])


@every_example
def test_the_answer_is_one_of_the_specification(example: Example) -> None:
    sent = on_the_wire(answered(example.name))
    check_against_specification(sent, "response")
    suggested = [a for card in sent["cards"] for s in card.get("suggestions", []) for a in s["actions"]]
    for action in (*suggested, *sent.get("systemActions", [])):
        check_fhir(action["resource"])


@every_example
def test_each_card_says_what_decide_says_of_the_same_facts(example: Example, knowledge: Knowledge) -> None:
    cards = answered(example.name).cards
    assert len(cards) == len(example.expected), example.about
    for card, (order, expected) in zip(cards, example.expected.items(), strict=True):
        said = dict(re.findall(r"\(`([a-z0-9-]+)`: `([a-z_]+)`\)", card.detail))
        on = date.fromisoformat(re.findall(r"service on ([0-9-]{10})", card.detail)[0])
        asked = [policy.id for policy in select_policies(knowledge)] if expected == "all" else list(expected)
        decided = decided_by_hand(example.facts[order], asked, on, knowledge)
        assert said == decided
        assert expected in ("all", said), example.about


def decided_by_hand(
    facts: dict[str, object], policies: Iterable[str], on: date, knowledge: Knowledge
) -> dict[str, str]:
    """As ``guideline-qa decide`` decides a facts file, without the policies that do not apply."""
    case = with_implied(read_facts(facts, knowledge.vocabulary), knowledge.codes, knowledge.vocabulary)
    values = resolve(case, knowledge.vocabulary)
    decided = {name: decide(knowledge.policies[name], values, on).status for name in policies}
    return {name: str(status) for name, status in decided.items() if status is not Status.NOT_APPLICABLE}


@pytest.mark.parametrize("name", ["sign-met", "sign-unknown-payer", "sign-several-orders"])
def test_the_same_request_gives_the_same_bytes(name: str, knowledge: Knowledge) -> None:
    request = next(example.request for example in EXAMPLES if example.name == name)
    assert answer(request, knowledge).model_dump_json() == answered(name).model_dump_json()


@every_example
def test_nothing_of_the_patient_stands_in_a_summary_or_label(example: Example) -> None:
    for card in answered(example.name).cards:
        headings = [card.summary, card.source.label, *(one.label for one in card.suggestions or ())]
        assert [word for word in PATIENT_WORDS if any(word in heading for heading in headings)] == []


def test_the_examples_cover_both_hooks_and_the_statuses_a_card_can_have() -> None:
    assert {example.request["hook"] for example in EXAMPLES} == {"order-select", "order-sign"}
    said = {status for e in EXAMPLES for one in e.expected.values() if one != "all" for status in one.values()}
    assert said >= {"criteria_met", "criteria_not_met", "needs_documentation", "needs_policy_check"}
    assert any(not example.expected for example in EXAMPLES)
