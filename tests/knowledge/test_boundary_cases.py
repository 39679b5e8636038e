"""The worked cases of each policy hold every threshold of its criteria: below it, at it, and above it."""

import pytest

from rag.case.facts_file import read_facts
from rag.case.values import value_of
from rag.criteria.policy import Basis, Decides, Policy
from rag.criteria.requirements import demand
from rag.criteria.rules import Compare, leaves
from rag.criteria.values import Quantity, canonical_unit, in_days
from rag.knowledge.cases_file import load_cases
from rag.knowledge.library import load_knowledge

KNOWLEDGE = load_knowledge()
WITH_CASES = {name: policy for name, policy in KNOWLEDGE.policies.items() if policy.family is None}


def thresholds(policy: Policy) -> set[tuple[str, float, str]]:
    """Fact, amount and unit of every comparison of a confirmed criterion that may decide."""
    kinds = KNOWLEDGE.vocabulary.types
    return {
        (leaf.fact, leaf.amount, canonical_unit(leaf.unit or None, kinds[leaf.fact]))
        for version in policy.versions
        for criterion in version.criteria
        if criterion.basis is not Basis.UNCONFIRMED and criterion.decides is not Decides.NEVER
        for leaf in leaves(demand(criterion))
        if isinstance(leaf, Compare)
    }


def given(policy: Policy) -> dict[str, list[Quantity]]:
    """Exact quantities the cases of a policy give, by fact."""
    found: dict[str, list[Quantity]] = {}
    loaded = load_cases(KNOWLEDGE.root, policy.id)
    assert loaded is not None
    for case in loaded[0]:
        for fact in read_facts(case.facts, KNOWLEDGE.vocabulary).facts:
            value = value_of(fact, KNOWLEDGE.vocabulary.facts[fact.id])
            if isinstance(value, Quantity):
                found.setdefault(fact.id, []).append(value)
    return found


def side(quantity: Quantity, amount: float, unit: str) -> str:
    """Where an exact quantity lies: below, at or above; "across" for an interval."""
    low, high = quantity.bounds
    if low != high:
        return "across"
    if quantity.unit != unit:
        low, amount = (in_days(value, of, longest=False) for value, of in ((low, quantity.unit), (amount, unit)))
    return "below" if low < amount else "at" if low == amount else "above"


@pytest.mark.parametrize("policy", WITH_CASES.values(), ids=list(WITH_CASES))
def test_every_threshold_has_a_case_below_at_and_above(policy: Policy) -> None:
    known = given(policy)
    absent = [
        f"{fact} {amount:g} {unit}: no case {where}"
        for fact, amount, unit in sorted(thresholds(policy))
        for where in ("below", "at", "above")
        if where not in {side(quantity, amount, unit) for quantity in known.get(fact, [])}
    ]
    # A session has at least one level and one region: there is nothing below.
    impossible = {f"procedure.{what} 1 count: no case below" for what in ("levels", "region_count")}
    assert set(absent) - impossible == set()
