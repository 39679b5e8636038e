"""The engine and brute force agree on every shipped policy, over random partial records around every threshold."""

import random
from datetime import date, timedelta

import pytest

from rag.criteria.cells import cells_of
from rag.criteria.decide import decide
from rag.criteria.determination import Status
from rag.criteria.policy import Criterion, FactSpec, Policy, Version
from rag.criteria.requirements import guarded
from rag.criteria.rules import Compare, Leaf, leaves
from rag.criteria.values import DOMAINS, Codes, OneOf, Quantity, Value, canonical_unit
from rag.knowledge.library import load_knowledge
from tests.criteria.brute_force import brute_force

POLICIES = load_knowledge().policies
RECORDS = 40


def a_day_of(version: Version) -> date:
    return version.window.start or (version.window.end or date(2026, 11, 22)) - timedelta(days=1)


def rules_of(criteria: tuple[Criterion, ...]) -> list[Leaf]:
    return [leaf for criterion in criteria for leaf in leaves(guarded(criterion))]


def a_value(spec: FactSpec, asked: list[Leaf], chosen: random.Random) -> Value:
    if spec.type == "boolean":
        return chosen.random() < 0.5
    if spec.type == "choice":
        return OneOf(frozenset(chosen.sample(spec.choices, chosen.choice((1, 1, 1, 2)))))
    if spec.type == "codes":
        return Codes(frozenset({"none"}))
    leaf = chosen.choice([leaf for leaf in asked if isinstance(leaf, Compare)])
    bottom, top = DOMAINS[spec.type]
    amounts = [leaf.amount + step for step in (-1, 0, 1) if max(bottom, 0) <= leaf.amount + step <= top]
    unit = canonical_unit(leaf.unit or None, spec.type)
    low, high = sorted((chosen.choice(amounts), chosen.choice(amounts)))
    return Quantity(low=low, high=high, unit=unit)


def records(policy: Policy, version: Version) -> list[dict[str, Value]]:
    chosen = random.Random(f"{policy.id} {version.version}")
    asked: dict[str, list[Leaf]] = {}
    for leaf in rules_of(version.criteria):
        asked.setdefault(leaf.fact, []).append(leaf)
    found: list[dict[str, Value]] = [{}]
    for _ in range(RECORDS):
        share = chosen.choice((0.3, 0.6, 0.9, 1.0))
        known = [fact for fact in asked if fact != "procedure.code" and chosen.random() < share]
        found.append({fact: a_value(policy.facts[fact], asked[fact], chosen) for fact in known})
    return found


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_the_engine_agrees_with_brute_force(policy: Policy) -> None:
    for version in policy.versions:
        for some in records(policy, version):
            facts = some | {"procedure.code": Codes(policy.codes)}
            determination = decide(policy, facts, a_day_of(version))
            status, rows = brute_force(policy, version, facts)
            assert determination.status == status, facts
            assert {row.id: row.status for row in determination.criteria} == rows, facts


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_no_request_without_its_code_is_met(policy: Policy) -> None:
    several = OneOf(policy.codes | {"99999"})
    for version in policy.versions:
        for facts in records(policy, version):
            for unknown in (facts, facts | {"procedure.code": several}):
                found = decide(policy, unknown, a_day_of(version))
                assert found.status is not Status.MET
                if found.status is Status.DOCUMENTATION:
                    assert "procedure.code" in {missing.fact for missing in found.missing}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_a_policy_that_is_not_complete_never_says_criteria_met(policy: Policy) -> None:
    for version in policy.versions:
        if version.complete:
            continue
        for facts in records(policy, version):
            assert decide(policy, facts, a_day_of(version)).status is not Status.MET


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_every_fact_a_rule_asks_about_can_make_a_difference_to_a_leaf(policy: Policy) -> None:
    for version in policy.versions:
        rules = [guarded(criterion) for criterion in version.criteria]
        for fact, cells in cells_of(rules, {}, policy.types, policy.choices).items():
            assert len(cells) > 1, f"{policy.id}: no value of {fact} changes anything"
