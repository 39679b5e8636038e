"""Generated policies: what ``would_change`` promises comes true, and closed records stay on the safe side."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.criteria.decide import decide
from rag.criteria.determination import CriterionStatus, Record, Status
from rag.criteria.policy import Version
from rag.criteria.values import Codes, Value
from tests.criteria.apply_steps import applied
from tests.criteria.build import CODE, DAY, policy
from tests.criteria.generated import records, versions

many = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def drawn(data: st.DataObject, *, sure: bool = False, when_raised: bool = True) -> tuple[Version, dict[str, Value]]:
    found = data.draw(versions(sure=sure, when_raised=when_raised))
    facts = data.draw(records(found))
    facts["procedure.code"] = Codes(frozenset({CODE}))  # an unknown code asks first whether the policy governs at all
    return found, facts


@many
@given(st.data())
def test_deciding_again_with_the_steps_on_record_gives_the_promised_status(data: st.DataObject) -> None:
    found, facts = drawn(data)
    asked = policy(found)
    before = decide(asked, facts, DAY)
    for change in before.would_change:
        if any(step.fact == "procedure.code" for step in change.steps):
            continue
        after = applied(facts, change.steps, asked.facts)
        if after is not None:
            determination = decide(asked, after, DAY)
            broken = {row.id for row in determination.criteria if row.status is CriterionStatus.NOT_MET}
            if broken & set(before.conditions):
                continue  # the value chosen raises a limit that the step leaves open
            reached = determination.status
            # A concrete value says more than its step asks for: an unconfirmed criterion may turn out met as well.
            assert reached is change.leads_to or (reached, change.leads_to) == (Status.MET, Status.POLICY_CHECK)


@many
@given(st.data())
def test_every_step_is_needed(data: st.DataObject) -> None:
    found, facts = drawn(data)
    asked = policy(found)
    for change in decide(asked, facts, DAY).would_change:
        for left_out in {step.fact for step in change.steps}:
            steps = [step for step in change.steps if step.fact != left_out]
            if any(asked.facts[step.fact].type != "boolean" for step in steps):
                continue  # a concrete value says more than its step asks for
            after = applied(facts, steps, asked.facts)
            assert after is not None
            assert decide(asked, after, DAY).status is not change.leads_to


@many
@given(st.data())
def test_where_the_criteria_can_still_be_met_a_way_is_shown(data: st.DataObject) -> None:
    found, facts = drawn(data, sure=True, when_raised=False)
    determination = decide(policy(replace(found, complete=True)), facts, DAY)
    if determination.status is Status.DOCUMENTATION:
        assert determination.would_change
        assert not any(step.against_record for change in determination.would_change for step in change.steps)


@many
@given(st.data())
def test_a_closed_record_meets_only_what_an_open_one_meets(data: st.DataObject) -> None:
    found, facts = drawn(data)
    open_, closed = (decide(policy(found), facts, DAY, record=record) for record in (Record.OPEN, Record.CLOSED))
    assert (closed.status is Status.MET) is (open_.status is Status.MET)
    assert closed.status is not Status.DOCUMENTATION
    if open_.status is not Status.DOCUMENTATION:
        assert closed.status is open_.status
    assert closed.missing == open_.missing


@many
@given(st.data())
def test_rows_and_status_of_a_closed_record_agree(data: st.DataObject) -> None:
    found, facts = drawn(data, sure=True)
    determination = decide(policy(found), facts, DAY, record=Record.CLOSED)
    rows = {result.id: result.status for result in determination.criteria}
    fine = (CriterionStatus.MET, CriterionStatus.NOT_APPLICABLE)

    def is_met(main: str) -> bool:
        others = [c.id for c in found.criteria if c.alternative_to == main]
        return rows[main] in fine or any(rows[other] is CriterionStatus.MET for other in others)

    mains = [c.id for c in found.criteria if c.decides == "always" and c.alternative_to is None]
    limits = [c.id for c in found.criteria if c.decides == "when_raised"]
    broken = any(rows[limit] is CriterionStatus.NOT_MET for limit in limits)
    if all(is_met(main) for main in mains) and not broken:
        assert determination.status in (Status.MET, Status.POLICY_CHECK)
    if determination.status is Status.MET:
        assert not broken
