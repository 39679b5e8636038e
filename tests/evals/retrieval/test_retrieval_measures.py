"""Each metric on rankings whose value can be reckoned by hand."""

from __future__ import annotations

from math import log2

import pytest

from evals.frame.measuring import measure
from evals.frame.metric import Item, Metric, Played
from evals.retrieval.judged import Judged, Ranking
from evals.retrieval.measures import OWN, PUBLIC
from evals.retrieval.measures.ndcg_at_10 import NDCG_AT_10
from evals.retrieval.measures.recall_at_5 import RECALL_AT_5
from evals.retrieval.measures.recall_at_10 import RECALL_AT_10
from evals.retrieval.measures.recall_at_100 import RECALL_AT_100
from evals.retrieval.measures.reciprocal_rank_at_10 import RECIPROCAL_RANK_AT_10
from evals.retrieval.measures.right_document import RIGHT_DOCUMENT

#: Two sections answer, of one document each; a third bears on it.
JUDGED = Judged({"a#1": 2, "b#1": 2, "a#2": 1, "c#1": 0}, 2, frozenset({"a", "b"}))
#: A document is right from grade 1 up.
PUBLIC_JUDGED = Judged({"a": 3, "b": 1}, 1, frozenset({"a", "b"}))

BEST = 2 + 2 / log2(3) + 1 / log2(4)


def padded(*units: str, at: int) -> Ranking:
    """The units from place ``at`` on, what is not judged before them."""
    return (*(f"z#{number}" for number in range(1, at)), *units)


def value(metric: Metric[Judged, Ranking], ranking: Ranking, judged: Judged = JUDGED) -> float:
    (check,) = metric.judge(judged, ranking)
    return check.value


@pytest.mark.parametrize(
    ("metric", "ranking", "expected"),
    [
        (NDCG_AT_10, ("a#1", "b#1", "a#2"), 1.0),
        (NDCG_AT_10, ("b#1", "a#1", "a#2"), 1.0),
        (NDCG_AT_10, ("a#2", "a#1"), (1 + 2 / log2(3)) / BEST),
        (NDCG_AT_10, padded("a#1", at=10), 2 / log2(11) / BEST),
        (NDCG_AT_10, padded("a#1", at=11), 0.0),
        (RECALL_AT_5, ("a#1", "z", "b#1"), 1.0),
        (RECALL_AT_5, padded("a#1", "b#1", at=5), 0.5),
        (RECALL_AT_5, ("a#2",), 0.0),
        (RECALL_AT_10, padded("a#1", "b#1", at=9), 1.0),
        (RECALL_AT_10, padded("a#1", "b#1", at=10), 0.5),
        (RECALL_AT_100, padded("a#1", "b#1", at=100), 0.5),
        (RECIPROCAL_RANK_AT_10, ("b#1",), 1.0),
        (RECIPROCAL_RANK_AT_10, ("a#2", "a#1"), 0.5),
        (RECIPROCAL_RANK_AT_10, padded("a#1", at=10), 0.1),
        (RECIPROCAL_RANK_AT_10, padded("a#1", at=11), 0.0),
        (RIGHT_DOCUMENT, ("a#9", "a#1"), 1.0),
        (RIGHT_DOCUMENT, ("c#1", "a#1"), 0.0),
    ],
)
def test_a_ranking_has_the_value_reckoned_by_hand(
    metric: Metric[Judged, Ranking], ranking: Ranking, expected: float
) -> None:
    assert value(metric, ranking) == pytest.approx(expected)


@pytest.mark.parametrize("metric", [*OWN, RECALL_AT_100], ids=lambda metric: metric.name)
def test_a_ranking_of_nothing_or_of_nothing_right_is_worth_nothing(metric: Metric[Judged, Ranking]) -> None:
    assert value(metric, ()) == 0
    assert value(metric, ("c#1", "z#1")) == 0


def test_of_graded_sets_the_higher_grade_gains_more_and_each_counts_as_right() -> None:
    assert value(NDCG_AT_10, ("a",), PUBLIC_JUDGED) > value(NDCG_AT_10, ("b",), PUBLIC_JUDGED) > 0
    assert value(RECALL_AT_5, ("a",), PUBLIC_JUDGED) == value(RECALL_AT_5, ("b",), PUBLIC_JUDGED) == 0.5


@pytest.mark.parametrize("metric", PUBLIC, ids=lambda metric: metric.name)
def test_a_ranking_that_names_a_unit_twice_and_one_that_broke_are_failures(metric: Metric[Judged, Ranking]) -> None:
    item = Item("q", "which?", PUBLIC_JUDGED)
    broke: Played[Judged, Ranking] = Played(item, None, "ValueError: broken")
    twice: Played[Judged, Ranking] = Played(item, ("a", "a", "b"))
    played = {"subject": [twice, broke]}
    row = measure(metric, played, seed=0).subject
    assert row.figure.value == 0
    assert [one.found for one in row.judgements] == [
        "ValueError: a unit stands twice in the ranking",
        "ValueError: broken",
    ]


def test_reasons_name_what_is_right_and_what_was_found() -> None:
    (check,) = RECALL_AT_5.judge(JUDGED, ("c#1", "a#1"))
    assert check.expected == "a#1, b#1"
    assert check.found == "c#1, a#1"
