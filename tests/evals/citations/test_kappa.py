"""Agreement beyond chance, against tables one can work out by hand."""

from __future__ import annotations

import pytest

from evals.metrics.kappa import Rated, kappa


def rated(both: int, first: int, second: int, neither: int, *, cluster: str | None = None) -> list[Rated]:
    table = [(True, True)] * both + [(True, False)] * first + [(False, True)] * second + [(False, False)] * neither
    return [Rated(*pair, cluster=cluster or str(number)) for number, pair in enumerate(table)]


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ((20, 5, 10, 15), 0.4),  # 0.7 observed, 0.5 by chance
        ((10, 0, 0, 10), 1.0),
        ((0, 10, 10, 0), -1.0),
        ((25, 25, 25, 25), 0.0),
    ],
)
def test_kappa_is_agreement_beyond_chance(table: tuple[int, int, int, int], value: float) -> None:
    found = kappa(rated(*table), seed=0)
    assert (found.value, found.n) == (value, sum(table))
    assert found.low is not None and found.high is not None and found.low <= value <= found.high


def test_where_both_say_one_thing_only_there_is_no_kappa() -> None:
    assert kappa(rated(9, 0, 0, 0), seed=0).value is None
    assert "both said no of all 9" in kappa(rated(0, 0, 0, 9), seed=0).reason
    assert kappa([], seed=0).value is None


def test_the_same_ratings_and_seed_give_the_same_interval() -> None:
    table = rated(20, 5, 10, 15)
    assert kappa(table, seed=3) == kappa(table, seed=3)


def test_ratings_of_one_cluster_say_less_than_as_many_on_their_own() -> None:
    alone = kappa(rated(20, 5, 10, 15), seed=0)
    clustered = kappa(
        [Rated(one.first, one.second, str(place % 5)) for place, one in enumerate(rated(20, 5, 10, 15))], seed=0
    )
    whole = kappa(rated(20, 5, 10, 15, cluster="x"), seed=0)
    assert alone.value == clustered.value == whole.value
    assert (whole.low, whole.high) == (whole.value, whole.value)


def test_more_ratings_make_the_interval_narrower() -> None:
    widths = []
    for times in (1, 4, 16):
        found = kappa(rated(5 * times, times, times, 5 * times), seed=0)
        assert found.low is not None and found.high is not None
        widths.append(found.high - found.low)
    assert widths == sorted(widths, reverse=True)
