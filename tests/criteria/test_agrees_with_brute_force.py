"""The engine against truth tables over all completions, on generated policies and records."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.criteria.decide import decide
from rag.criteria.determination import Status
from rag.criteria.policy import Version
from rag.criteria.values import Codes, Value
from tests.criteria.brute_force import brute_force, deciding_facts
from tests.criteria.build import CODE, DAY, policy
from tests.criteria.generated import asked_facts, records, values, versions

slow = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
SETTLED = {Status.MET, Status.NOT_MET, Status.NOT_COVERED}
FAILED = {Status.NOT_MET, Status.NOT_COVERED}


def in_scope(facts: dict[str, Value], found: Version) -> bool:
    return decide(policy(found), facts, DAY).status is not Status.NOT_APPLICABLE


@slow
@given(st.data())
def test_the_status_and_every_row_are_those_of_brute_force(data: st.DataObject) -> None:
    found = data.draw(versions())
    facts = data.draw(records(found))
    facts["procedure.code"] = Codes(frozenset({CODE}))
    determination = decide(policy(found), facts, DAY)
    status, rows = brute_force(policy(found), found, facts)
    assert {result.id: result.status for result in determination.criteria} == rows
    assert determination.status is status


@slow
@given(st.data())
def test_missing_lists_exactly_the_facts_that_can_change_the_decision(data: st.DataObject) -> None:
    found = data.draw(versions())
    facts = data.draw(records(found))
    facts["procedure.code"] = Codes(frozenset({CODE}))
    listed = [missing.fact for missing in decide(policy(found), facts, DAY).missing]
    assert set(listed) == deciding_facts(policy(found), found, facts)
    assert len(listed) == len(set(listed))


@slow
@given(st.data())
def test_one_more_fact_never_turns_one_settled_status_into_another(data: st.DataObject) -> None:
    found = data.draw(versions())
    facts = data.draw(records(found))
    facts["procedure.code"] = Codes(frozenset({CODE}))
    unknown = [fact for fact in asked_facts(found) if fact not in facts and fact != "procedure.code"]
    if not unknown:
        return
    more = data.draw(st.sampled_from(unknown))
    before = decide(policy(found), facts, DAY)
    after = decide(policy(found), {**facts, more: data.draw(values(more))}, DAY)
    raised = [c for c in before.conditions if {r.id: r.status for r in after.criteria}[c] == "not_met"]
    if raised:
        return  # a limit the record did not speak of before
    if before.status is Status.MET:
        assert after.status is Status.MET
    if before.status in FAILED:
        assert after.status in FAILED
    if before.status is Status.POLICY_CHECK:
        assert after.status in {Status.POLICY_CHECK, Status.MET}


@slow
@given(st.data())
def test_rows_stay_settled_when_a_fact_is_added(data: st.DataObject) -> None:
    found = data.draw(versions())
    facts = data.draw(records(found))
    facts["procedure.code"] = Codes(frozenset({CODE}))
    unknown = [fact for fact in asked_facts(found) if fact not in facts and fact != "procedure.code"]
    if not unknown:
        return
    more = data.draw(st.sampled_from(unknown))
    before = {r.id: r.status for r in decide(policy(found), facts, DAY).criteria}
    after = {r.id: r.status for r in decide(policy(found), {**facts, more: data.draw(values(more))}, DAY).criteria}
    for id_, status in before.items():
        if status in ("met", "not_met"):
            assert after[id_] in (status, "not_applicable")


@slow
@given(st.data())
def test_an_incomplete_policy_never_says_criteria_met(data: st.DataObject) -> None:
    found = replace(data.draw(versions()), complete=False)
    facts = data.draw(records(found))
    assert decide(policy(found), facts, DAY).status is not Status.MET
