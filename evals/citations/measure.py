"""Methods against sets: calibrated on one half, measured on the half asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.citations.methods.method import Call, Method, NotCalibrated
from evals.citations.pair import Half, Pair
from evals.frame.sampling import sample as stable_sample


@dataclass(frozen=True)
class JudgedSet:
    """A set's pairs, and of each method, the subject first, a call per pair or why it could not be calibrated."""

    name: str
    pairs: tuple[Pair, ...]
    calls: Mapping[str, tuple[Call, ...] | NotCalibrated]
    thresholds: Mapping[str, float]


def judge_set(
    name: str, pairs: Sequence[Pair], methods: Sequence[Method], *, half: Half, limit: int | None
) -> JudgedSet:
    calibrate, measured = (sample(pairs, half=one, limit=limit) for one in ("calibrate", half))
    calls: dict[str, tuple[Call, ...] | NotCalibrated] = {}
    thresholds: dict[str, float] = {}
    for method in methods:
        try:
            found = method.judge(measured, calibrate=calibrate)
        except NotCalibrated as reason:
            calls[method.name] = reason
            continue
        calls[method.name] = found.calls
        if found.threshold is not None:
            thresholds[method.name] = found.threshold
    return JudgedSet(name, tuple(measured), calls, thresholds)


def sample(pairs: Sequence[Pair], *, half: Half, limit: int | None) -> list[Pair]:
    """The pairs of a half, in order; with ``limit`` always the same ones."""
    return stable_sample([pair for pair in pairs if pair.half == half], limit, id_of=lambda pair: pair.id)
