"""Limits that count when the record raises them: what raises them, and what may still save a broken one."""

import pytest

from rag.criteria.determination import Status
from rag.criteria.policy import Basis, Decides
from tests.criteria.build import criterion, decided

A, B, C = "yes.a", "yes.b", "yes.c"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({A: True}, Status.MET),
        ({A: True, C: False}, Status.MET),
        ({A: True, C: True}, Status.DOCUMENTATION),
        ({A: True, C: True, B: True}, Status.MET),
        ({A: True, C: True, B: False}, Status.NOT_MET),
    ],
)
def test_a_limit_whose_situation_the_record_shows_decides_like_any_criterion(
    given: dict[str, bool | str | list[str]], status: Status
) -> None:
    limit = criterion("limit", B, when=C, decides=Decides.WHEN_RAISED)
    found = decided((criterion("main", A), limit), given)
    assert found.status is status
    assert ("limit" in found.conditions) is (given == {A: True})


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({A: True}, Status.MET),
        ({A: True, B: True}, Status.MET),
        ({A: True, B: False}, Status.DOCUMENTATION),
        ({A: True, B: False, C: True}, Status.MET),
        ({A: True, B: False, C: False}, Status.NOT_MET),
    ],
)
def test_a_broken_limit_that_only_an_unknown_exception_could_save_waits_for_it(
    given: dict[str, bool | str | list[str]], status: Status
) -> None:
    limit = criterion("limit", B, exception=C, decides=Decides.WHEN_RAISED)
    assert decided((criterion("main", A), limit), given).status is status


@pytest.mark.parametrize(
    ("given", "status"),
    [({A: True}, Status.MET), ({A: True, B: False}, Status.MET), ({A: True, B: True}, Status.POLICY_CHECK)],
)
def test_an_unconfirmed_limit_that_the_record_breaks_is_left_to_a_reader_of_the_policy(
    given: dict[str, bool | str | list[str]], status: Status
) -> None:
    limit = criterion("limit", {"not": B}, decides=Decides.WHEN_RAISED, basis=Basis.UNCONFIRMED)
    assert decided((criterion("main", A), limit), given).status is status
