"""Metrics against values worked out by hand."""

from __future__ import annotations

import pytest

from evals.metrics.figure import Figure
from evals.metrics.outcome import Outcome
from evals.metrics.precision import precision
from evals.metrics.recall import recall
from evals.metrics.rejection import rejection
from evals.metrics.roc_auc import auc_interval, roc_auc
from evals.metrics.wilson import wilson_interval

#: 4 supported of which 3 accepted; 6 unsupported of which 4 rejected.
TEN = [
    *(Outcome(True, True, 0.9) for _ in range(3)),
    Outcome(True, False, 0.2),
    *(Outcome(False, True, 0.8) for _ in range(2)),
    *(Outcome(False, False, 0.1) for _ in range(4)),
]


def test_precision_is_the_supported_share_of_what_was_accepted() -> None:
    found = precision(TEN)
    assert (found.value, found.n) == (0.6, 5)
    assert found.reason == "3 of 5 accepted pairs are supported"


def test_recall_is_the_accepted_share_of_what_is_supported() -> None:
    found = recall(TEN)
    assert (found.value, found.n) == (0.75, 4)
    assert found.reason == "3 of 4 supported pairs were accepted"


def test_rejection_is_the_rejected_share_of_what_is_not_supported() -> None:
    found = rejection(TEN)
    assert (found.value, found.n) == (0.6667, 6)
    assert found.reason == "4 of 6 unsupported pairs were rejected"


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),  # 0 to z2 / (n + z2)
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_wilson_intervals_are_those_of_the_literature(count: int, n: int, low: float, high: float) -> None:
    assert list(wilson_interval(count, n)) == pytest.approx([low, high], abs=1e-4)


def test_nothing_to_count_is_no_value_and_not_zero() -> None:
    nothing_accepted = [Outcome(True, False, 0.0)]
    assert precision(nothing_accepted) == Figure(value=None, low=None, high=None, n=0, reason="no accepted pairs")
    assert rejection(nothing_accepted).value is None
    assert recall([]).value is None
    assert roc_auc(nothing_accepted).value is None


@pytest.mark.parametrize(
    ("supported", "unsupported", "area"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1, 0.2], [0.9, 0.8], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.4], [0.6, 0.1], 0.75),  # 3 of 4 comparisons won
        ([0.9, 0.6], [0.6, 0.1], 0.875),  # 3 won and a tie
    ],
)
def test_the_area_is_the_share_of_comparisons_won(
    supported: list[float], unsupported: list[float], area: float
) -> None:
    scored = [Outcome(True, True, score) for score in supported] + [Outcome(False, True, s) for s in unsupported]
    assert roc_auc(scored).value == area
    assert roc_auc(scored[::-1]).value == area


def test_the_interval_of_a_perfect_area_still_leaves_room_below() -> None:
    low, high = auc_interval(1.0, 20, 20)
    assert high == 1.0
    assert 0.8 < low < 0.95


def test_more_pairs_make_the_interval_of_an_area_narrower() -> None:
    widths = [high - low for low, high in (auc_interval(0.8, n, n) for n in (10, 100, 1000))]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.05


def test_the_ends_of_an_area_interval_are_z_standard_errors_from_the_area() -> None:
    # By hand for 50 and 50 pairs at 0.75: spare = 49; at the lower end v, (0.75 - v) / error(v) = 1.96.
    low, _ = auc_interval(0.75, 50, 50)
    spread = 1 + 49 * (1 - low) / (2 - low) + 49 * low / (1 + low)
    error = (low * (1 - low) * spread / 2500) ** 0.5
    assert (0.75 - low) / error == pytest.approx(1.959964, abs=1e-4)
