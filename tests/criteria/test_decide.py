"""The status of a request: guards, exceptions, alternatives, limits, exclusions, the unconfirmed, closed records."""

import pytest

from rag.criteria.determination import CriterionStatus, Record, Status
from rag.criteria.policy import Basis, Decides
from tests.criteria.build import criterion, decided, row

MET, NOT_MET = CriterionStatus.MET, CriterionStatus.NOT_MET
OPEN, OUT = CriterionStatus.NOT_DOCUMENTED, CriterionStatus.NOT_APPLICABLE

A, B, C, D = "yes.a", "yes.b", "yes.c", "yes.d"


@pytest.mark.parametrize(
    ("given", "status", "shown"),
    [
        ({A: True, B: True}, Status.MET, MET),
        ({A: True, B: False}, Status.NOT_MET, NOT_MET),
        ({A: True}, Status.DOCUMENTATION, OPEN),
        ({A: False}, Status.MET, OUT),
        ({A: False, B: False}, Status.MET, OUT),
        ({B: True}, Status.MET, MET),
        ({B: False}, Status.DOCUMENTATION, OPEN),
        ({}, Status.DOCUMENTATION, OPEN),
    ],
)
def test_a_criterion_asks_only_where_its_guard_holds(
    given: dict[str, bool | str | list[str]], status: Status, shown: CriterionStatus
) -> None:
    found = decided(criterion("c", B, when=A), given)
    assert (found.status, row(found, "c")) == (status, shown)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({A: False, B: True}, Status.MET),
        ({A: True, B: False}, Status.MET),
        ({A: False, B: False}, Status.NOT_MET),
        ({A: False}, Status.DOCUMENTATION),
        ({B: True}, Status.MET),
    ],
)
def test_where_an_exception_holds_the_criterion_is_met(
    given: dict[str, bool | str | list[str]], status: Status
) -> None:
    assert decided(criterion("c", A, exception=B), given).status is status


ALTERNATIVE = (criterion("main", A), criterion("other", B, when=C, alternative_to="main"))


@pytest.mark.parametrize(
    ("given", "status", "shown"),
    [
        ({A: False, B: True, C: True}, Status.MET, MET),
        ({A: True, B: False, C: True}, Status.MET, NOT_MET),
        ({A: False, B: True, C: False}, Status.NOT_MET, OUT),
        ({A: False, C: False}, Status.NOT_MET, OUT),
        ({A: False, B: True}, Status.DOCUMENTATION, OPEN),
        ({A: False, B: False}, Status.NOT_MET, NOT_MET),
        ({A: False, B: False, C: True}, Status.NOT_MET, NOT_MET),
    ],
)
def test_an_alternative_helps_only_where_its_guard_holds(
    given: dict[str, bool | str | list[str]], status: Status, shown: CriterionStatus
) -> None:
    found = decided(ALTERNATIVE, given)
    assert (found.status, row(found, "other")) == (status, shown)


LIMITED = (criterion("main", A), criterion("limit", {"not": B}, decides=Decides.WHEN_RAISED))


@pytest.mark.parametrize("record", list(Record))
@pytest.mark.parametrize(
    ("given", "status", "shown", "conditions"),
    [
        ({A: True}, Status.MET, OPEN, ("limit",)),
        ({A: True, B: False}, Status.MET, MET, ()),
        ({A: True, B: True}, Status.NOT_MET, NOT_MET, ()),
    ],
)
def test_a_limit_counts_when_the_record_raises_it_and_is_otherwise_a_condition(
    given: dict[str, bool | str | list[str]],
    status: Status,
    shown: CriterionStatus,
    conditions: tuple[str, ...],
    record: Record,
) -> None:
    found = decided(LIMITED, given, record=record)
    assert (found.status, row(found, "limit"), found.conditions) == (status, shown, conditions)


def test_a_broken_limit_is_named_in_the_reason_and_nothing_else_is_asked() -> None:
    found = decided(LIMITED, {B: True})
    assert found.reason == "not met: label of limit"
    assert found.missing == ()


def test_a_criterion_that_never_decides_is_only_shown() -> None:
    shown = (criterion("main", A), criterion("billing", B, decides=Decides.NEVER))
    found = decided(shown, {A: True, B: False})
    assert (found.status, row(found, "billing")) == (Status.MET, NOT_MET)
    assert [missing.fact for missing in decided(shown, {}).missing] == [A]


UNCONFIRMED = (criterion("sure", A), criterion("unsure", B, basis=Basis.UNCONFIRMED))


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({A: True, B: True}, Status.MET),
        ({A: True, B: False}, Status.POLICY_CHECK),
        ({A: True}, Status.POLICY_CHECK),
        ({A: False, B: True}, Status.NOT_MET),
        ({B: False}, Status.DOCUMENTATION),
    ],
)
def test_an_unconfirmed_criterion_neither_fails_nor_passes(
    given: dict[str, bool | str | list[str]], status: Status
) -> None:
    assert decided(UNCONFIRMED, given).status is status


def test_facts_only_an_unconfirmed_criterion_asks_for_come_last() -> None:
    assert [missing.fact for missing in decided(UNCONFIRMED[::-1], {}).missing] == [A, B]
    assert [missing.fact for missing in decided(UNCONFIRMED[::-1], {}, complete=False).missing] == [A]


def test_unconfirmed_criteria_alone_never_meet_a_policy() -> None:
    assert decided(criterion("unsure", A, basis=Basis.UNCONFIRMED), {A: True}).status is Status.POLICY_CHECK


def test_a_criterion_whose_rule_the_digest_does_not_hold_is_never_met() -> None:
    found = decided((criterion("sure", A), criterion("gap", None, basis=Basis.UNCONFIRMED)), {A: True})
    assert (found.status, row(found, "gap")) == (Status.POLICY_CHECK, OPEN)
    assert found.missing == ()


UNSURE_WAY = (criterion("main", A), criterion("way", B, alternative_to="main", basis=Basis.UNCONFIRMED))
UNSURE_MAIN = (criterion("main", A, basis=Basis.UNCONFIRMED, when=C), criterion("way", B, alternative_to="main"))


@pytest.mark.parametrize(
    ("criteria", "given", "status"),
    [
        (UNSURE_WAY, {A: True}, Status.MET),
        (UNSURE_WAY, {A: False}, Status.POLICY_CHECK),
        (UNSURE_WAY, {A: False, B: True}, Status.POLICY_CHECK),
        (UNSURE_WAY, {A: False, B: False}, Status.POLICY_CHECK),
        (UNSURE_WAY, {}, Status.DOCUMENTATION),
        (UNSURE_WAY, {B: True}, Status.DOCUMENTATION),
        (UNSURE_MAIN, {B: True}, Status.MET),
        (UNSURE_MAIN, {C: False}, Status.MET),
        (UNSURE_MAIN, {A: True, B: False, C: True}, Status.POLICY_CHECK),
        (UNSURE_MAIN, {A: True, C: True}, Status.DOCUMENTATION),
    ],
)
@pytest.mark.parametrize("beside", [(), (criterion("beside", D),)])
def test_an_unconfirmed_way_keeps_a_group_open_but_never_passes_it(
    criteria: tuple[object, ...], given: dict[str, bool | str | list[str]], status: Status, beside: tuple[object, ...]
) -> None:
    assert decided((*criteria, *beside), {**given, D: True}).status is status  # type: ignore[arg-type]


def test_what_a_confirmed_way_needs_is_asked_even_where_an_unconfirmed_one_is_met() -> None:
    assert [missing.fact for missing in decided(UNSURE_WAY, {B: True}).missing] == [A]


def test_a_group_left_to_an_unconfirmed_way_asks_for_nothing_more() -> None:
    assert decided(UNSURE_WAY, {A: False}).missing == ()


EXCLUDED = (criterion("main", A), criterion("not_b", {"not": B}, excludes=True))


@pytest.mark.parametrize(
    ("given", "record", "status"),
    [
        ({A: True, B: True}, Record.OPEN, Status.NOT_COVERED),
        ({B: True}, Record.OPEN, Status.NOT_COVERED),
        ({A: False}, Record.OPEN, Status.NOT_MET),
        ({A: False, B: False}, Record.OPEN, Status.NOT_MET),
        ({A: True}, Record.OPEN, Status.DOCUMENTATION),
        ({A: True}, Record.CLOSED, Status.NOT_MET),
        ({A: True, B: True}, Record.CLOSED, Status.NOT_COVERED),
    ],
)
def test_a_policy_excludes_only_what_the_record_shows(
    given: dict[str, bool | str | list[str]], record: Record, status: Status
) -> None:
    assert decided(EXCLUDED, given, record=record).status is status


def test_an_unconfirmed_exclusion_excludes_nothing() -> None:
    unsure = criterion("not_b", {"not": B}, excludes=True, basis=Basis.UNCONFIRMED)
    assert decided((criterion("main", A), unsure), {A: False, B: True}).status is Status.NOT_MET


def test_an_exclusion_that_an_alternative_lifts_excludes_nothing() -> None:
    lifted = (*EXCLUDED, criterion("lift", C, alternative_to="not_b"))
    assert decided(lifted, {A: False, B: True, C: True}).status is Status.NOT_MET
    assert decided(lifted, {A: False, B: True, C: False}).status is Status.NOT_COVERED


@pytest.mark.parametrize("given", [{A: True}, {A: True, B: True}])
def test_an_incomplete_policy_is_never_met(given: dict[str, bool | str | list[str]]) -> None:
    found = decided(criterion("main", A), given, complete=False)
    assert found.status is Status.POLICY_CHECK
    assert found.would_change == ()


def test_criteria_that_cannot_hold_together_fail_though_each_is_open() -> None:
    found = decided((criterion("one", A), criterion("two", {"not": A})), {})
    assert found.status is Status.NOT_MET
    assert (row(found, "one"), row(found, "two")) == (OPEN, OPEN)
    assert found.reason == "cannot be met together: label of one; label of two"
    assert found.missing == ()


@pytest.mark.parametrize(
    ("criteria", "given", "reason"),
    [
        ((criterion("a.dotted", A), criterion("b", B)), {A: False}, "not met: label of a.dotted"),
        ((criterion("a", A), criterion("b", B)), {A: True}, "not documented: label of b"),
        ((criterion("a", A),), {A: True}, "every deciding criterion is met"),
        (UNSURE_WAY, {A: False}, "an unconfirmed criterion stands in the way: label of main"),
        (ALTERNATIVE, {A: False, B: True, C: True}, "every deciding criterion is met"),
        (UNCONFIRMED, {A: False, B: False}, "not met: label of sure"),
    ],
)
def test_the_reason_names_the_criteria_the_status_rests_on(
    criteria: tuple[object, ...], given: dict[str, bool | str | list[str]], reason: str
) -> None:
    assert decided(criteria, given).reason == reason  # type: ignore[arg-type]


def test_parts_are_rows_with_their_own_status() -> None:
    parted = criterion("c", {"any_of": [{"part": "one", "rule": A}, {"part": "two", "rule": {"not": B}}]})
    found = decided(parted, {A: False, B: False})
    assert [result.id for result in found.criteria] == ["c", "c.one", "c.two"]
    assert [result.status for result in found.criteria] == [MET, NOT_MET, MET]


def test_the_trace_says_what_each_node_can_still_be() -> None:
    found = decided(criterion("c", {"all_of": [A, {"not": B}]}, when=C), {A: True, C: True})
    implication = found.trace["c"]
    assert (implication.outcome, implication.of[0].outcome) == (OPEN, NOT_MET)
    both = implication.of[1]
    assert [node.outcome for node in both.of] == [MET, OPEN]
    assert [node.rule for node in both.of] == [A, "not"]


def test_on_a_closed_record_silence_counts_as_not_shown_in_either_direction() -> None:
    for written in (A, {"not": A}):
        found = decided(criterion("c", written), {}, record=Record.CLOSED)
        assert (found.status, row(found, "c")) == (Status.NOT_MET, NOT_MET)
        assert found.reason == "not met on the record given: label of c"
        assert [missing.fact for missing in found.missing] == [A]


def test_a_closed_record_that_shows_everything_meets_the_criteria() -> None:
    found = decided(criterion("c", {"all_of": [A, {"not": B}]}), {A: True, B: False}, record=Record.CLOSED)
    assert (found.status, row(found, "c"), found.missing) == (Status.MET, MET, ())


def test_on_a_closed_record_an_unconfirmed_way_is_as_open_as_when_the_confirmed_one_fails() -> None:
    for given in ({}, {A: False}):
        assert decided(UNSURE_WAY, given, record=Record.CLOSED).status is Status.POLICY_CHECK
