"""A forest plot as places on its axis; the template draws them."""

from __future__ import annotations

from dataclasses import dataclass

from evals.frame.models import Measure, Row
from evals.metrics.figure import Figure
from evals.report.scale import Scale


@dataclass(frozen=True)
class Mark:
    """One method. Places are in hundredths of the axis; None where nothing was measured."""

    method: str
    subject: bool
    figure: Figure
    value: str
    interval: str
    point: float | None
    low: float | None
    high: float | None

    @property
    def words(self) -> str:
        if self.point is None:
            return f"{self.method}: not measured ({self.figure.reason})"
        interval = f", 95 % interval {self.interval}" if self.interval else ""
        return f"{self.method}: {self.value}{interval}, n {self.figure.n}"


@dataclass(frozen=True)
class Tick:
    place: float
    label: str


@dataclass(frozen=True)
class Plot:
    """``axis`` says what the axis counts. ``floor``: where the least allowed lies."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    axis: str
    floor: float | None = None

    @property
    def subject(self) -> Mark:
        return self.marks[0]

    @property
    def words(self) -> str:
        """The whole plot, for who cannot see it."""
        return "; ".join(mark.words for mark in self.marks)


def plot_of(measure: Measure, scale: Scale, *, floor: float | None = None) -> Plot:
    return Plot(
        marks=tuple(_mark(row, scale, subject=at == 0) for at, row in enumerate(measure.rows)),
        ticks=tuple(Tick(scale.place(tick), _tick_words(tick, scale)) for tick in scale.ticks),
        axis=_axis_words(measure, scale),
        floor=None if floor is None else scale.place(floor),
    )


def _mark(row: Row, scale: Scale, *, subject: bool) -> Mark:
    figure = row.figure
    value = "-" if figure.value is None else scale.number(figure.value)
    ends = (figure.value, figure.low, figure.high)
    point, low, high = (None if end is None else scale.place(end) for end in ends)
    return Mark(row.method, subject, figure, value, scale.interval(figure), point, low, high)


def _tick_words(tick: float, scale: Scale) -> str:
    return f"{tick:g}" if scale.share or tick == 0 else scale.number(tick)


def _axis_words(measure: Measure, scale: Scale) -> str:
    what = "share right" if scale.share else "amount"
    return f"{what} ({'higher' if measure.higher_is_better else 'lower'} is better)"
