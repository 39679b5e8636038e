"""The interval of a mean says how sure one can be, and no more."""

from __future__ import annotations

import pytest

from evals.frame.models import Judgement
from evals.metrics.mean import mean
from evals.metrics.wilson import wilson_interval


def judged(*values: float, cluster: str = "") -> list[Judgement]:
    return [Judgement(item=f"{cluster}{number}", value=value, cluster=cluster) for number, value in enumerate(values)]


def test_nothing_judged_has_no_value() -> None:
    assert mean([], seed=0).value is None


def test_right_and_wrong_have_wilsons_interval() -> None:
    figure = mean(judged(1, 1, 1, 0), seed=0)
    assert (figure.value, figure.n) == (0.75, 4)
    assert (figure.low, figure.high) == tuple(round(end, 4) for end in wilson_interval(3, 4))


def test_all_right_still_leaves_doubt() -> None:
    figure = mean(judged(*[1.0] * 20), seed=0)
    assert figure.value == 1.0
    assert figure.low is not None and 0.8 < figure.low < 0.9


def test_items_that_depend_on_each_other_count_as_one() -> None:
    """Twenty right turns of one conversation are no better known than one."""
    together, apart = mean(judged(*[1.0] * 20, cluster="a"), seed=0), mean(judged(1.0), seed=0)
    assert (together.low, together.high) == (apart.low, apart.high)
    assert together.n == 20


def test_clusters_make_an_interval_wider() -> None:
    clustered = [one for name in "abcdefgh" for one in judged(*[float(name < "e")] * 10, cluster=name)]
    alone = [one.model_copy(update={"cluster": "", "item": str(number)}) for number, one in enumerate(clustered)]
    wide, narrow = mean(clustered, seed=0), mean(alone, seed=0)
    assert wide.value == narrow.value == 0.5
    assert wide.low is not None and wide.high is not None and narrow.low is not None and narrow.high is not None
    assert wide.high - wide.low > narrow.high - narrow.low


def test_parts_of_one_item_are_a_cluster() -> None:
    parts = [Judgement(item=f"x|{number}", value=1) for number in range(9)]
    figure = mean(parts, seed=0)
    assert figure.low == mean([Judgement(item="x", value=1)], seed=0).low


def test_graded_judgements_are_bootstrapped_the_same_way_each_time() -> None:
    graded = judged(0.2, 0.9, 0.4, 0.7, 1.0, 0.1)
    assert mean(graded, seed=3) == mean(graded, seed=3)
    figure = mean(graded, seed=3)
    assert figure.value == pytest.approx(0.55)
    assert figure.low is not None and figure.high is not None and figure.low < 0.55 < figure.high


def test_the_bootstrap_covers_the_truth_about_as_often_as_it_says() -> None:
    """Of 200 samples of 30 graded judgements from [0, 1], about 95 % of the intervals hold the true mean."""
    import random

    draws = random.Random(1)
    held = 0
    for number in range(200):
        figure = mean(judged(*[draws.random() for _ in range(30)]), seed=number)
        assert figure.low is not None and figure.high is not None
        held += figure.low <= 0.5 <= figure.high
    assert 0.88 <= held / 200 <= 0.99
