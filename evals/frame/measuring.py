"""Items against methods and metrics: every item played by each method, every outcome judged by each metric."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from evals.frame.metric import Check, Item, Metric, Played
from evals.frame.models import Judgement, Measure, Row, Slice
from evals.metrics.mean import mean
from ingest.progress import Progress, silent
from rag.model.recording import RecordingError

Label = TypeVar("Label")
Outcome = TypeVar("Outcome")

#: A method by name: given the label's item, what it makes of it.
Methods = Mapping[str, Callable[[Item[Label]], Outcome]]


def play(
    items: Sequence[Item[Label]],
    method: Callable[[Item[Label]], Outcome],
    *,
    name: str = "",
    progress: Progress = silent,
) -> list[Played[Label, Outcome]]:
    """A method that breaks on an item has not answered it: that is counted, and the rest goes on.

    Raises RecordingError where a replayed file lacks an exchange: what was not recorded is not the model's failure.
    """
    found = []
    for number, item in enumerate(items):
        progress(number, len(items), name)
        found.append(_played(item, method))
    progress(len(items), len(items), name)
    return found


def measure_all(
    items: Sequence[Item[Label]],
    methods: Methods[Label, Outcome],
    metrics: Iterable[Metric[Label, Outcome]],
    *,
    seed: int,
    progress: Progress = silent,
) -> tuple[Measure, ...]:
    """The first method is the subject."""
    played = {name: play(items, method, name=name, progress=progress) for name, method in methods.items()}
    return tuple(measure(metric, played, seed=seed) for metric in metrics)


def measure(
    metric: Metric[Label, Outcome], played: Mapping[str, Sequence[Played[Label, Outcome]]], *, seed: int
) -> Measure:
    """One metric over what several methods made of the same items, the subject first."""
    judged = {name: list(_judgements(metric, found)) for name, found in played.items()}
    subject = next(iter(judged))
    tags = {item.id: item.tags for item in (one.item for one in played[subject])}
    return Measure(
        name=metric.name,
        about=metric.about,
        rows=tuple(_row(name, found, metric, seed, told=name == subject) for name, found in judged.items()),
        slices=tuple(_slices(judged, tags, metric, seed)),
        higher_is_better=metric.higher_is_better,
    )


def _played(item: Item[Label], method: Callable[[Item[Label]], Outcome]) -> Played[Label, Outcome]:
    try:
        return Played(item, method(item))
    except RecordingError:
        raise
    except Exception as error:  # a crash is a failure to be counted, not the end of the measurement
        return Played(item, None, f"{type(error).__name__}: {error}")


def _judgements(metric: Metric[Label, Outcome], played: Iterable[Played[Label, Outcome]]) -> Iterator[Judgement]:
    for one in played:
        for check in _checks(metric, one):
            yield Judgement(
                item=f"{one.item.id}|{check.part}" if check.part else one.item.id,
                value=check.value,
                expected=check.expected,
                found=check.found,
                cluster=one.item.cluster,
            )


def _checks(metric: Metric[Label, Outcome], played: Played[Label, Outcome]) -> list[Check]:
    if played.outcome is None:
        return [Check(metric.worst, "an outcome", played.error)]
    try:
        return list(metric.judge(played.item.label, played.outcome))
    except Exception as error:  # what cannot be judged counts as a failure
        return [Check(metric.worst, "an outcome that can be judged", f"{type(error).__name__}: {error}")]


def _row(name: str, found: Sequence[Judgement], metric: Metric[Label, Outcome], seed: int, *, told: bool) -> Row:
    """Judgements are kept of the subject: of a baseline only its figures count."""
    return Row(method=name, figure=mean(found, seed=seed, of=metric.of), judgements=tuple(found) if told else ())


def _slices(
    judged: Mapping[str, Sequence[Judgement]],
    tags: Mapping[str, Mapping[str, tuple[str, ...]]],
    metric: Metric[Label, Outcome],
    seed: int,
) -> Iterator[Slice]:
    """A slice for each value of each tag, in order of kind and value."""
    names = sorted({(kind, value) for one in tags.values() for kind, values in one.items() for value in values})
    for kind, value in names:
        members = {item for item, one in tags.items() if value in one.get(kind, ())}
        figures = {
            name: mean([one for one in found if one.item.split("|")[0] in members], seed=seed, of=metric.of)
            for name, found in judged.items()
        }
        if any(figure.n for figure in figures.values()):
            yield Slice(name=f"{kind}: {value}", figures=figures)
