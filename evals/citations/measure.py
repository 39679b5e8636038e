"""Methods against sets: calibrated on one half, measured on the half asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from evals.citations.methods.method import Call, Method, NotCalibrated
from evals.citations.pair import Half, Pair
from evals.citations.pairs import OWN
from evals.citations.report import Failure, MethodFigures, SetFigures, SliceFigures
from evals.citations.slices import Slice, slices_of
from evals.metrics.figure import Figure
from evals.metrics.outcome import Outcome
from evals.metrics.precision import precision
from evals.metrics.recall import recall
from evals.metrics.rejection import rejection
from evals.metrics.roc_auc import roc_auc

Judged = Mapping[str, tuple[Call, ...] | NotCalibrated]


def measure_set(
    name: str, pairs: Sequence[Pair], methods: Sequence[Method], *, half: Half, limit: int | None, failures: int
) -> tuple[SetFigures, list[Failure]]:
    """Figures of one set, and up to ``failures`` of each kind of error of the first method, the gravest first."""
    calibrate, measured = (sample(pairs, half=one, limit=limit) for one in ("calibrate", half))
    judged: dict[str, tuple[Call, ...] | NotCalibrated] = {}
    thresholds: dict[str, float] = {}
    for method in methods:
        try:
            found = method.judge(measured, calibrate=calibrate)
        except NotCalibrated as reason:
            judged[method.name] = reason
            continue
        judged[method.name] = found.calls
        if found.threshold is not None:
            thresholds[method.name] = found.threshold
    slices = tuple(_slice(one, measured, judged) for one in slices_of(measured, by_kind=name == OWN))
    figures = SetFigures(name=name, half=half, thresholds=thresholds, slices=slices)
    return figures, worst(name, measured, judged[methods[0].name], failures)


def sample(pairs: Sequence[Pair], *, half: Half, limit: int | None) -> list[Pair]:
    """The pairs of a half, in order; with ``limit`` those whose ids have the smallest hashes: always the same."""
    found = [pair for pair in pairs if pair.half == half]
    if limit is None or len(found) <= limit:
        return found
    chosen = set(sorted((pair.id for pair in found), key=lambda id_: hashlib.sha256(id_.encode()).digest())[:limit])
    return [pair for pair in found if pair.id in chosen]


def worst(name: str, pairs: Sequence[Pair], calls: tuple[Call, ...] | NotCalibrated, count: int) -> list[Failure]:
    """Accepted though unsupported, the highest score first; then rejected though supported, the lowest first."""
    if isinstance(calls, NotCalibrated):
        return []
    wrong = [(pair, call) for pair, call in zip(pairs, calls, strict=True) if call.accepted != pair.supported]
    accepted = sorted((one for one in wrong if one[1].accepted), key=lambda one: (-one[1].score, one[0].id))
    rejected = sorted((one for one in wrong if not one[1].accepted), key=lambda one: (one[1].score, one[0].id))
    return [_failure(name, pair, call) for pair, call in (*accepted[:count], *rejected[:count])]


def _slice(part: Slice, pairs: Sequence[Pair], judged: Judged) -> SliceFigures:
    places = part.of(pairs)
    return SliceFigures(
        name=part.name,
        pairs=len(places),
        supported=sum(pairs[place].supported for place in places),
        methods=tuple(_method(name, pairs, calls, places) for name, calls in judged.items()),
    )


def _method(
    name: str, pairs: Sequence[Pair], calls: tuple[Call, ...] | NotCalibrated, places: Sequence[int]
) -> MethodFigures:
    if isinstance(calls, NotCalibrated):
        none = Figure.absent(str(calls))
        return MethodFigures(method=name, precision=none, recall=none, rejected=none, auc=none)
    found = [Outcome(pairs[place].supported, calls[place].accepted, calls[place].score) for place in places]
    return MethodFigures(
        method=name, precision=precision(found), recall=recall(found), rejected=rejection(found), auc=roc_auc(found)
    )


def _failure(name: str, pair: Pair, call: Call) -> Failure:
    return Failure(
        set=name,
        id=pair.id,
        kind=pair.kind,
        accepted=call.accepted,
        score=round(call.score, 4),
        claim=pair.claim,
        passage=pair.passage,
        found=call.found,
    )
