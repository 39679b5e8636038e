"""One leaf against one value: met, not met, or not documented."""

from datetime import date

import pytest

from rag.criteria.cells import cells_of
from rag.criteria.exact import outcomes
from rag.criteria.rules import parse_leaf
from rag.criteria.values import Codes, FactValueError, OneOf, Quantity, Value
from tests.criteria.build import OPTIONS, TYPES, facts, rule

YES, NO, OPEN = {True}, {False}, {True, False}


def asked(written: object, given: dict[str, bool | str | list[str]]) -> set[bool]:
    return set(outcomes(rule(written), facts(given), TYPES, {"image.guidance": OPTIONS}))


@pytest.mark.parametrize(
    ("leaf", "value", "expected"),
    [
        ("relief.amount >= 50 %", "49 %", NO),
        ("relief.amount >= 50 %", "50 %", YES),
        ("relief.amount >= 50 %", "51 %", YES),
        ("relief.amount > 50 %", "50 %", NO),
        ("relief.amount > 50 %", "> 50 %", YES),
        ("relief.amount > 50 %", ">= 50 %", OPEN),
        ("relief.amount >= 50 %", "> 50 %", YES),
        ("relief.amount >= 50 %", "< 50 %", NO),
        ("relief.amount >= 50 %", "<= 50 %", OPEN),
        ("relief.amount >= 50 %", "50-60 %", YES),
        ("relief.amount >= 50 %", "40-50 %", OPEN),
        ("relief.amount >= 50 %", "< 30 %", NO),
        ("relief.amount = 50 %", "50 %", YES),
        ("relief.amount = 50 %", "40-60 %", OPEN),
        ("relief.amount = 50 %", "> 50 %", NO),
        ("relief.amount <= 100 %", ">= 0 %", YES),
        ("pain.score >= 0", ">= 3", YES),
        ("pain.score > 9.5", ">= 9", OPEN),
    ],
)
def test_open_and_closed_ends_meet_a_threshold(leaf: str, value: str, expected: set[bool]) -> None:
    assert asked(leaf, {leaf.split()[0]: value}) == expected


@pytest.mark.parametrize(
    ("leaf", "value", "expected"),
    [
        ("session.count < 4", "3", YES),
        ("session.count < 4", "4", NO),
        ("session.count < 4", "<= 3", YES),
        ("session.count < 4", "< 4", YES),
        ("session.count <= 3", "< 4", YES),
        ("session.count >= 4", "> 3", YES),
        ("session.count = 1", "1-2", OPEN),
        ("session.count <= 7", "7.5", NO),
        ("session.count <= 8", "7.5", YES),
    ],
)
def test_counts_are_whole_numbers(leaf: str, value: str, expected: set[bool]) -> None:
    assert asked(leaf, {"session.count": value}) == expected


def test_no_whole_number_lies_between_two_neighbours() -> None:
    between = {"all_of": ["session.count > 2", "session.count < 3"]}
    assert asked(between, {}) == NO
    assert asked({"all_of": ["pain.score > 2", "pain.score < 3"]}, {}) == OPEN


@pytest.mark.parametrize(
    ("value", "expected"),
    [("88 days", NO), ("89 days", OPEN), ("90 days", OPEN), ("91 days", OPEN), ("92 days", YES), ("12 weeks", NO),
     ("13 weeks", OPEN), ("14 weeks", YES), ("3 months", YES), ("> 2 months", OPEN), ("< 3 months", NO)],
)  # fmt: skip
def test_days_and_weeks_meet_a_threshold_in_calendar_months(value: str, expected: set[bool]) -> None:
    assert asked("relief.duration >= 3 months", {"relief.duration": value}) == expected


@pytest.mark.parametrize(
    ("leaf", "value", "expected"),
    [
        ("relief.duration >= 12 weeks", "3 months", YES),
        ("relief.duration >= 13 weeks", "3 months", OPEN),
        ("relief.duration > 92 days", "3 months", NO),
        ("relief.duration = 90 days", "3 months", OPEN),
        ("relief.duration = 93 days", "3 months", NO),
        ("relief.duration >= 4 weeks", "1 month", YES),
        ("relief.duration >= 6 months", "0.5 years", YES),
        ("relief.duration > 12 months", "1 year", NO),
        ("relief.duration >= 1 years", "365 days", OPEN),
        ("relief.duration >= 1 years", "366 days", YES),
        ("relief.duration >= 14 days", "2 weeks", YES),
    ],
)
def test_months_meet_thresholds_in_other_units(leaf: str, value: str, expected: set[bool]) -> None:
    assert asked(leaf, {"relief.duration": value}) == expected


def test_a_calendar_between_the_shortest_and_the_longest_is_not_forgotten() -> None:
    # Three months are 90 days from some start days: at least 90 days, yet under 13 weeks.
    between = {"all_of": ["relief.duration >= 90 days", "relief.duration < 13 weeks"]}
    assert asked(between, {"relief.duration": "3 months"}) == OPEN


@pytest.mark.parametrize(
    ("value", "expected"),
    [("ct", YES), ("none", NO), (["ct", "fluoroscopy"], YES), (["ct", "none"], OPEN)],
)
def test_a_choice_is_known_as_far_as_its_options_agree(value: str | list[str], expected: set[bool]) -> None:
    assert asked("image.guidance in [fluoroscopy, ct]", {"image.guidance": value}) == expected


def test_an_unknown_choice_is_one_of_the_declared_options() -> None:
    assert asked("image.guidance in [fluoroscopy, ct]", {}) == OPEN
    assert asked("image.guidance in [fluoroscopy, ct, ultrasound, none]", {}) == YES
    exclusive = {"all_of": ["image.guidance in [ct]", "image.guidance in [none]"]}
    assert asked(exclusive, {}) == NO


def test_an_unknown_choice_without_declared_options_is_undecided() -> None:
    assert outcomes(parse_leaf("image.guidance in [ct]"), {}, TYPES) == OPEN


@pytest.mark.parametrize(
    ("value", "expected"), [(["11111"], YES), (["33333"], NO), (["33333", "22222"], YES), ([], OPEN)]
)
def test_codes_are_known_all_of_them_once_given(value: list[str], expected: set[bool]) -> None:
    assert asked("diagnosis.code in [11111, 22222]", {"diagnosis.code": value}) == expected


def test_unknown_codes_can_be_several_one_or_none() -> None:
    assert asked({"all_of": ["diagnosis.code in [11111]", "diagnosis.code in [22222]"]}, {}) == OPEN
    assert asked({"any_of": ["diagnosis.code in [11111]", "diagnosis.code in [22222]"]}, {}) == OPEN
    implied = {"any_of": [{"not": "diagnosis.code in [11111]"}, "diagnosis.code in [11111, 22222]"]}
    assert asked(implied, {}) == YES


def test_many_lists_of_codes_stay_few_cells() -> None:
    written = [parse_leaf(f"diagnosis.code in [{', '.join(str(10000 + n) for n in range(i + 1))}]") for i in range(40)]
    assert len(cells_of(written, {}, TYPES, {})["diagnosis.code"]) == 41


@pytest.mark.parametrize(
    ("leaf", "value"),
    [
        ("yes.a", Quantity.exactly(0, "%")),
        ("yes.a", OneOf(frozenset({"no"}))),
        ("relief.amount >= 50 %", True),
        ("relief.amount >= 50 %", Quantity.exactly(3, "weeks")),
        ("relief.duration >= 3 months", Quantity.exactly(3, "%")),
        ("image.guidance in [ct]", Codes(frozenset({"ct"}))),
        ("diagnosis.code in [11111]", date(2025, 1, 1)),
    ],
)
def test_a_value_of_another_kind_is_an_error_that_names_the_fact(leaf: str, value: Value) -> None:
    fact = leaf.split()[0]
    with pytest.raises(FactValueError, match=fact):
        outcomes(parse_leaf(leaf), {fact: value}, TYPES)


def test_a_value_nothing_can_have_says_nothing() -> None:
    beyond: dict[str, Value] = {"relief.amount": Quantity.exactly(110, "%")}
    assert outcomes(parse_leaf("relief.amount >= 50 %"), beyond, TYPES) == OPEN


def test_an_interval_without_an_upper_end_reaches_the_end_of_its_scale() -> None:
    given: dict[str, Value] = {"relief.amount": Quantity(low=50, unit="%")}
    assert outcomes(parse_leaf("relief.amount > 99.5 %"), given, TYPES) == OPEN
