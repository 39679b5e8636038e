"""From judged sets to measures: a row per method on the first set, a slice for each part of each set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.citations.labelled.metric import PairMetric
from evals.citations.measure import JudgedSet
from evals.citations.methods.method import Call, NotCalibrated
from evals.citations.pair import Pair
from evals.citations.slices import ALL, slices_of
from evals.frame.models import Judgement, Measure, Row, Slice
from evals.metrics.figure import Figure
from evals.metrics.outcome import Outcome

Calls = tuple[Call, ...] | NotCalibrated


def measure_pairs(sets: Sequence[JudgedSet], metrics: Sequence[PairMetric]) -> tuple[Measure, ...]:
    """The first set is the headline; the others, whose labels are others', stand beside it as slices."""
    return tuple(
        Measure(
            name=metric.name,
            about=metric.about,
            rows=tuple(_rows(sets[0], metric)),
            slices=tuple(part for one in sets for part in _slices(one, metric, first=one is sets[0])),
        )
        for metric in metrics
    )


def texts(judged: JudgedSet) -> dict[str, str]:
    """Claim and passage of each pair, by the id of its judgements."""
    return {_item(judged, pair): f"{pair.claim}\n\nPassage: {pair.passage}" for pair in judged.pairs}


def _item(judged: JudgedSet, pair: Pair) -> str:
    return f"{judged.name}/{pair.id}".replace("|", "/")


def _rows(judged: JudgedSet, metric: PairMetric) -> Iterator[Row]:
    everything = range(len(judged.pairs))
    for number, (name, calls) in enumerate(judged.calls.items()):
        found = () if isinstance(calls, NotCalibrated) else tuple(_judgements(judged, calls, metric, bare=number > 0))
        yield Row(method=name, figure=_figure(judged, calls, everything, metric), judgements=found)


def _judgements(judged: JudgedSet, calls: Sequence[Call], metric: PairMetric, *, bare: bool) -> Iterator[Judgement]:
    for pair, call in zip(judged.pairs, calls, strict=True):
        right = metric.judge(pair, call)
        if right is not None:
            words = ("", "") if bare else (_label(pair), _found(call))
            yield Judgement(item=_item(judged, pair), value=float(right), expected=words[0], found=words[1])


def _label(pair: Pair) -> str:
    return f"{'supported' if pair.supported else 'not supported'} ({pair.kind})"


def _found(call: Call) -> str:
    decision = f"{'accepted' if call.accepted else 'refused'}, score {call.score:.2f}"
    return "; ".join((decision, *call.found))


def _slices(judged: JudgedSet, metric: PairMetric, *, first: bool) -> Iterator[Slice]:
    """Parts of the first set under their own names; of any other, the set and its numbers under the set's name."""
    for part in slices_of(judged.pairs, by_kind=first):
        whole = part.name == ALL
        name = f"set: {judged.name}" if whole else part.name if first else f"set: {judged.name}, {part.name}"
        places = part.of(judged.pairs)
        figures = {method: _figure(judged, calls, places, metric) for method, calls in judged.calls.items()}
        if any(figure.n for figure in figures.values()):
            yield Slice(name=name, figures=figures)


def _figure(judged: JudgedSet, calls: Calls, places: Sequence[int], metric: PairMetric) -> Figure:
    if isinstance(calls, NotCalibrated):
        return Figure.absent(str(calls))
    pairs: Sequence[Pair] = judged.pairs
    return metric.figure(
        [Outcome(pairs[place].supported, calls[place].accepted, calls[place].score) for place in places]
    )
