"""What to ask next and what would change the verdict, on small policies."""

from rag.criteria.determination import Determination, Record, Status
from rag.criteria.policy import Basis, Decides
from tests.criteria.build import criterion, decided

A, B, C, D = "yes.a", "yes.b", "yes.c", "yes.d"
TWO_OF_THREE = criterion("response", {"at_least": {"n": 2, "of": ["relief.amount >= 50 %", A, B]}})


def missing(found: Determination) -> list[str]:
    return [one.fact for one in found.missing]


def steps(found: Determination) -> list[set[tuple[str, str]]]:
    return [{(step.fact, step.needs) for step in change.steps} for change in found.would_change]


def test_facts_of_a_criterion_that_lost_a_limb_are_asked_first() -> None:
    assert missing(decided((criterion("first", C), TWO_OF_THREE), {"relief.amount": "< 30 %"})) == [A, B, C]


def test_a_negated_fact_settled_in_favour_is_no_lost_limb() -> None:
    clear = criterion("clear", {"all_of": [{"not": A}, {"not": B}]})
    assert missing(decided((criterion("first", C), clear), {A: False})) == [C, B]


def test_the_guard_is_asked_before_what_it_guards() -> None:
    assert missing(decided(criterion("c", B, when=A), {})) == [A, B]


def test_a_fact_no_rule_asks_about_is_neither_missing_nor_changed() -> None:
    found = decided(TWO_OF_THREE, {"relief.amount": "< 30 %", C: True})
    assert missing(found) == [A, B]
    assert steps(found) == [{(A, "true"), (B, "true")}]


def test_a_missing_fact_names_the_criteria_that_ask_for_it() -> None:
    found = decided((criterion("one", A), criterion("two", {"any_of": [A, B]})), {})
    assert [(one.fact, one.criteria) for one in found.missing] == [(A, ("one", "two"))]


def test_a_lost_limb_of_three_leaves_both_others_as_one_change() -> None:
    found = decided(TWO_OF_THREE, {"relief.amount": "< 30 %"})
    assert found.status is Status.DOCUMENTATION
    (change,) = found.would_change
    assert change.leads_to is Status.MET
    assert change.text == "label of yes.a: shown; label of yes.b: shown"


def test_a_step_against_the_record_is_offered_only_where_there_is_no_other() -> None:
    either = criterion("c", {"any_of": ["relief.amount >= 50 %", A]})
    assert steps(decided(either, {"relief.amount": "20 %"})) == [{(A, "true")}]
    (against,) = decided(criterion("c", "relief.amount >= 50 %"), {"relief.amount": "20 %"}).would_change
    assert against.steps[0].against_record
    assert against.text == "label of relief.amount: at least 50 % (the record says otherwise)"


def test_an_alternative_is_never_used_by_ruling_its_guard_out() -> None:
    members = (criterion("main", A), criterion("other", B, when=C, alternative_to="main"))
    assert steps(decided(members, {A: False})) == [{(B, "true"), (C, "true")}]


def test_no_way_leads_through_an_alternative_whose_guard_fails() -> None:
    members = (criterion("main", A), criterion("other", B, when=C, alternative_to="main"))
    assert steps(decided(members, {C: False})) == [{(A, "true")}]


def test_no_way_holds_another_and_each_step_is_needed() -> None:
    members = (criterion("one", {"any_of": [A, {"all_of": [A, B]}]}), criterion("two", {"any_of": [A, B]}))
    assert steps(decided(members, {})) == [{(A, "true")}]


def test_a_way_does_not_contradict_itself() -> None:
    members = (criterion("one", {"any_of": [A, B]}), criterion("two", {"any_of": [{"not": A}, C]}))
    for way in steps(decided(members, {})):
        assert not {(A, "true"), (A, "false")} <= way


def test_a_way_that_breaks_a_limit_is_not_offered() -> None:
    limit = criterion("limit", {"not": A}, decides=Decides.WHEN_RAISED)
    assert steps(decided((criterion("main", {"any_of": [A, B]}), limit), {})) == [{(B, "true")}]


def test_a_broken_limit_is_what_has_to_change() -> None:
    limit = criterion("limit", "session.count < 4", decides=Decides.WHEN_RAISED)
    found = decided((criterion("main", A), limit), {A: True, "session.count": "5"})
    assert found.status is Status.NOT_MET
    assert [change.text for change in found.would_change] == [
        "label of session.count: fewer than 4 (the record says otherwise)"
    ]


def test_where_an_unconfirmed_criterion_stays_open_a_change_leads_to_a_look_at_the_policy() -> None:
    members = (criterion("sure", A), criterion("unsure", B, basis=Basis.UNCONFIRMED))
    assert [change.leads_to for change in decided(members, {}).would_change] == [Status.POLICY_CHECK]
    assert [change.leads_to for change in decided(members, {B: True}).would_change] == [Status.MET]


def test_a_group_left_to_readers_is_not_turned_against_the_record_to_reach_a_look_at_the_policy() -> None:
    members = (
        criterion("main", A),
        criterion("way", C, alternative_to="main", basis=Basis.UNCONFIRMED),
        criterion("sure", B),
    )
    (change,) = decided(members, {A: False}).would_change
    assert [(step.fact, step.against_record) for step in change.steps] == [(B, False)]
    assert change.leads_to is Status.POLICY_CHECK


def test_a_met_request_needs_no_change() -> None:
    assert decided(criterion("c", A), {A: True}).would_change == ()


def test_a_closed_record_says_what_would_have_been_needed() -> None:
    found = decided(TWO_OF_THREE, {"relief.amount": "60 %"}, record=Record.CLOSED)
    assert found.status is Status.NOT_MET
    assert steps(found) == [{(A, "true")}, {(B, "true")}]


def test_thresholds_are_worded_by_their_direction() -> None:
    members = (
        criterion("a", "relief.duration >= 3 months"),
        criterion("b", {"not": "pain.score > 4"}),
        criterion("c", "image.guidance in [ct, none]"),
        criterion("d", {"not": D}),
    )
    (change,) = decided(members, {}).would_change
    assert change.text == (
        "label of relief.duration: at least 3 months; label of pain.score: at most 4; "
        "label of image.guidance: ct or none; label of yes.d: ruled out"
    )
    assert [step.needs for step in change.steps] == [">= 3 months", "<= 4", "in [ct, none]", "false"]
