"""A floor that is broken, or that nothing was measured for, turns its suite red."""

from __future__ import annotations

import pytest

from evals.frame.floors import Floor, check_floors, given_floor, load_floors, merged
from evals.suites import SUITES
from rag.errors import UserError
from tests.evals.frame.made import suite


@pytest.mark.parametrize(("value", "held"), [(0.9, True), (0.91, True), (0.89, False)])
def test_a_figure_at_its_floor_holds_and_below_it_does_not(value: float, held: bool) -> None:
    floor = Floor(measure="made.right", at_least=0.9, because="a promise")
    (result,) = check_floors([suite("made", right=value)], [floor])
    assert (result.held, result.value) == (held, value)


def test_a_metric_that_is_not_there_holds_no_floor() -> None:
    floor = Floor(measure="made.wrong-name", at_least=0.0, because="a promise")
    (result,) = check_floors([suite("made", right=1)], [floor])
    assert not result.held


def test_where_lower_is_better_a_floor_is_refused() -> None:
    grades = suite("made", grade=9)
    low = grades.measures[0].model_copy(update={"higher_is_better": False})
    with pytest.raises(UserError, match="lower is better"):
        check_floors(
            [grades.model_copy(update={"measures": (low,)})], [Floor(measure="made.grade", at_least=8, because="x")]
        )


def test_floors_of_suites_that_did_not_run_say_nothing() -> None:
    assert check_floors([suite("made", right=1)], [Floor(measure="other.right", at_least=1, because="x")]) == ()


def test_a_given_floor_takes_the_place_of_the_own() -> None:
    own = Floor(measure="made.right", at_least=0.5, because="own")
    assert merged([own], [given_floor("made.right=0.75")])[0].at_least == 0.75


@pytest.mark.parametrize(
    "text", ["", "made", "made.right", "made.right=", "made.right=high", "=1", ".right=1", "made.=1"]
)
def test_a_floor_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError, match="Write it like"):
        given_floor(text)


def test_every_own_floor_is_of_a_suite_that_exists() -> None:
    floors = load_floors()
    assert floors
    assert {floor.suite for floor in floors} <= set(SUITES)
    assert len({floor.measure for floor in floors}) == len(floors)
