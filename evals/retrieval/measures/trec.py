"""What NIST's trec_eval says of one ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytrec_eval

from evals.frame.metric import Check, Metric
from evals.retrieval.judged import Judged, Ranking

#: Units named in a judgement's reasons.
SHOWN = 5
_QUERY = "query"


def trec_metric(name: str, about: str, measure: str, *, depth: int) -> Metric[Judged, Ranking]:
    """``measure``: its name in trec_eval, asked of the ``depth`` best units."""
    return Metric(name, about, _judge(measure, depth), of="queries")


def trec_value(measure: str, judged: Judged, ranking: Ranking) -> float:
    """From 0 to 1. Raises ValueError for a ranking that names a unit twice."""
    if len(set(ranking)) < len(ranking):
        raise ValueError("a unit stands twice in the ranking")
    # Places, not scores: trec_eval would break ties its own way.
    places = {unit: float(len(ranking) - place) for place, unit in enumerate(ranking)}
    evaluator = pytrec_eval.RelevanceEvaluator({_QUERY: dict(judged.grades)}, {measure}, relevance_level=judged.least)
    (value,) = evaluator.evaluate({_QUERY: places})[_QUERY].values()
    return float(value)


def named(units: Ranking) -> str:
    more = f" and {len(units) - SHOWN} more" if len(units) > SHOWN else ""
    return ", ".join(units[:SHOWN]) + more if units else "nothing"


def _judge(measure: str, depth: int) -> Callable[[Judged, Ranking], Iterator[Check]]:
    def judge(judged: Judged, ranking: Ranking) -> Iterator[Check]:
        value = trec_value(measure, judged, ranking[:depth])
        yield Check(value, named(judged.right), named(ranking[:depth]))

    return judge
