"""Rules over what is not known, where facts recur."""

import pytest

from rag.criteria.cells import cells_of
from rag.criteria.deciding import deciding
from rag.criteria.exact import outcomes
from tests.criteria.build import OPTIONS, TYPES, facts, rule

YES, NO, OPEN = {True}, {False}, {True, False}

A, B, C = "yes.a", "yes.b", "yes.c"
NOT_A, NOT_B = {"not": A}, {"not": B}


def all_of(*of: object) -> object:
    return {"all_of": list(of)}


def any_of(*of: object) -> object:
    return {"any_of": list(of)}


def at_least(n: int, *of: object) -> object:
    return {"at_least": {"n": n, "of": list(of)}}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (any_of(A, NOT_A), YES),
        (all_of(A, NOT_A), NO),
        (any_of(A, B), OPEN),
        ({"not": all_of(A, NOT_A)}, YES),
        (all_of(any_of(A, B), any_of(NOT_A, B), NOT_B), NO),
        (any_of(all_of(A, B), all_of(A, NOT_B), NOT_A), YES),
        (at_least(1, A, NOT_A), YES),
        (at_least(2, A, NOT_A), NO),
        (at_least(2, A, NOT_A, B), OPEN),
        (at_least(2, A, NOT_A, B, NOT_B), YES),
        (at_least(3, A, NOT_A, B, NOT_B), NO),
        ({"not": at_least(2, A, NOT_A, B, NOT_B)}, NO),
        (any_of("relief.amount < 50 %", "relief.amount >= 50 %"), YES),
        (any_of("relief.amount < 50 %", "relief.amount > 50 %"), OPEN),
        (all_of("relief.amount >= 50 %", "relief.amount < 30 %"), NO),
        (any_of("relief.amount < 60 %", "relief.amount > 30 %"), YES),
        (all_of("relief.duration >= 93 days", "relief.duration < 3 months"), NO),
        (all_of("relief.duration >= 90 days", "relief.duration < 3 months"), OPEN),
        (any_of("image.guidance in [ct, none]", "image.guidance in [fluoroscopy, ultrasound]"), YES),
        (any_of({"part": "x", "rule": {"part": "y", "rule": A}}, {"part": "z", "rule": NOT_A}), YES),
        (all_of(), YES),
        (any_of(), NO),
        (None, OPEN),
        (any_of(A, NOT_A, None), YES),
        (all_of(A, NOT_A, None), NO),
    ],
)
def test_what_no_fact_can_change_is_decided_though_nothing_is_known(written: object, expected: set[bool]) -> None:
    assert outcomes(rule(written), {}, TYPES, {"image.guidance": OPTIONS}) == expected


def test_a_limb_lost_of_three_leaves_both_others_to_be_shown() -> None:
    written = at_least(2, "relief.amount >= 50 %", A, B)
    lost = {"relief.amount": "< 30 %"}
    assert outcomes(rule(written), facts(lost), TYPES) == OPEN
    assert outcomes(rule(written), facts({**lost, A: False}), TYPES) == NO
    assert outcomes(rule(written), facts({**lost, A: True, B: True}), TYPES) == YES


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (A, {A}),
        (any_of(A, NOT_A), set()),
        (all_of(any_of(A, NOT_A), B), {B}),
        (any_of(all_of(A, B), all_of(NOT_A, B)), {B}),
        (any_of(A, all_of(A, B)), {A}),
        (all_of(A, NOT_A, B), set()),
        (any_of(all_of(A, B), all_of(NOT_A, C)), {A, B, C}),
        (at_least(2, A, NOT_A, B), {B}),
        (any_of(all_of(A, NOT_A), C), {C}),
        (any_of("relief.amount < 60 %", "relief.amount > 30 %", A), set()),
        (all_of(any_of("relief.amount < 60 %", A), any_of("relief.amount > 30 %", A)), {"relief.amount", A}),
    ],
)
def test_a_fact_decides_only_where_two_of_its_values_lead_apart(written: object, expected: set[str]) -> None:
    found = rule(written)
    assert deciding(found, cells_of([found], {}, TYPES, {})) == expected
