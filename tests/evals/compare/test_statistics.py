"""The tests and intervals, against numbers worked out by hand or published."""

from __future__ import annotations

import random
from math import comb

import pytest

from evals.compare.clusters import bootstrap_interval, exchange_test
from evals.compare.holm import holm
from evals.compare.mcnemar import mcnemar
from evals.compare.newcombe import newcombe_interval
from evals.compare.pairing import Pair, pair_up
from tests.evals.report.made import judged


@pytest.mark.parametrize(
    ("fell", "rose", "p_value"),
    [
        (0, 0, 1.0),
        (0, 1, 1.0),
        (0, 5, 2 / 2**5),
        (5, 0, 2 / 2**5),
        (1, 9, 2 * (1 + 10) / 2**10),
        (2, 8, 2 * (1 + 10 + 45) / 2**10),
        (4, 4, 1.0),
    ],
)
def test_mcnemars_p_is_twice_the_tail_of_a_fair_coin(fell: int, rose: int, p_value: float) -> None:
    assert mcnemar(fell, rose) == pytest.approx(p_value)


def test_holm_multiplies_the_smallest_by_all_and_never_goes_down() -> None:
    """By hand: 0.005 x 4; 0.01 x 3; 0.03 x 2; 0.04 x 1 is under what stands before it."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_holm_stays_within_one_and_keeps_ties_together() -> None:
    assert holm([0.6, 0.6]) == pytest.approx((1.0, 1.0))
    assert holm([0.02]) == pytest.approx((0.02,))
    assert holm([]) == ()


def test_newcombes_interval_of_a_table_worked_out_by_hand() -> None:
    """36 right twice, 12 after only, 2 before only, none never: 0.96 with Wilson's 0.8654-0.9890, and 0.76 with
    0.6259-0.8570. 36 x 0 - 12 x 2 is negative: phi = -24 / sqrt(48 x 2 x 38 x 12) = -0.1147. Below the difference of
    0.2 lies sqrt(0.0946^2 + 2 x 0.1147 x 0.0946 x 0.0970 + 0.0970^2) = 0.1431, above it 0.1404."""
    assert newcombe_interval(36, 12, 2, 0) == pytest.approx((0.0569, 0.3404), abs=0.0002)


def test_newcombes_interval_turns_round_with_the_runs() -> None:
    low, high = newcombe_interval(20, 7, 3, 10)
    assert newcombe_interval(20, 3, 7, 10) == pytest.approx((-high, -low))


def test_newcombes_interval_has_a_width_where_nothing_changed() -> None:
    low, high = newcombe_interval(30, 0, 0, 0)
    assert low == pytest.approx(-high) and high > 0.1


def alone(before: str, after: str) -> list[list[Pair]]:
    """``+`` is right, ``-`` is wrong."""
    marks = zip(before, after, strict=True)
    return [[Pair(str(at), str(at), float(one == "+"), float(two == "+"))] for at, (one, two) in enumerate(marks)]


@pytest.mark.parametrize(
    ("before", "after"), [("-----+", "+++++-"), ("----++++", "++++++++"), ("+-+-", "-+-+"), ("++", "--"), ("+-", "+-")]
)
def test_exchanging_single_judgements_is_mcnemars_test(before: str, after: str) -> None:
    fell = sum(pair == ("+", "-") for pair in zip(before, after, strict=True))
    rose = sum(pair == ("-", "+") for pair in zip(before, after, strict=True))
    assert exchange_test(alone(before, after), seed=0) == pytest.approx(mcnemar(fell, rose))


def test_twenty_judgements_of_two_clusters_prove_no_more_than_two() -> None:
    clusters = [[Pair(f"{name}{at}", name, 0.0, 1.0) for at in range(10)] for name in "ab"]
    assert exchange_test(clusters, seed=0) == pytest.approx(0.5)
    assert mcnemar(0, 20) < 0.001


def test_graded_differences_are_exchanged_with_their_sizes() -> None:
    """Of eight ways to turn 0.1, 0.2 and 0.4 round, only both where all point the same way are as far from nothing."""
    clusters = [[Pair(str(at), str(at), 0.5, 0.5 + rise)] for at, rise in enumerate((0.1, 0.2, 0.4))]
    assert exchange_test(clusters, seed=0) == pytest.approx(2 / 8)


def test_many_changes_are_tested_by_lot_and_the_same_lot_each_time() -> None:
    draw = random.Random(1)
    clusters = [[Pair(str(at), str(at), 0.0, draw.choice([-1.0, 1.0, 1.0]))] for at in range(40)]
    rose = sum(cluster[0].after > 0 for cluster in clusters)
    exact = min(1.0, 2 * sum(comb(40, count) for count in range(40 - rose + 1)) / 2**40)
    assert exchange_test(clusters, seed=3) == exchange_test(clusters, seed=3)
    assert exchange_test(clusters, seed=3) == pytest.approx(exact, abs=0.02)


def test_the_bootstrap_draws_whole_clusters() -> None:
    """Ten judgements that rose together are one witness: the interval is wider than that of ten on their own."""
    rose = [Pair(str(at), "one", 0.0, 1.0) for at in range(10)]
    same = [[Pair(f"s{at}", f"s{at}", 1.0, 1.0)] for at in range(30)]
    together = bootstrap_interval([rose, *same], seed=0)
    apart = bootstrap_interval([*([pair] for pair in rose), *same], seed=0)
    assert together and apart
    assert together[0] == 0.0 and apart[0] > 0.1 and together[1] > apart[1]


def test_where_all_clusters_change_alike_the_bootstrap_says_nothing() -> None:
    assert bootstrap_interval([[Pair("a", "a", 0.0, 1.0)], [Pair("b", "b", 0.0, 1.0)]], seed=0) is None


def test_judgements_are_paired_by_item_whatever_their_order() -> None:
    before, after = judged([1, 0, 1]), tuple(reversed(judged([0, 0, 1, 1])))
    paired = pair_up(before, after)
    assert [(pair.item, pair.before, pair.after) for pair in paired.pairs] == [
        ("case-0", 1, 0),
        ("case-1", 0, 0),
        ("case-2", 1, 1),
    ]
    assert (paired.only_before, paired.only_after) == ((), ("case-3",))


def test_the_second_judgement_of_an_item_goes_with_the_others_second() -> None:
    twice = (*judged([1]), *judged([0]))
    assert [(pair.before, pair.after) for pair in pair_up(twice, twice).pairs] == [(1, 1), (0, 0)]
    assert pair_up(twice, judged([1])).only_before == ("case-0",)


def test_the_parts_of_an_item_are_one_cluster() -> None:
    parts = tuple(one.model_copy(update={"item": f"whole|{one.item}"}) for one in judged([1, 0]))
    assert len(pair_up(parts, parts).clusters) == 1
