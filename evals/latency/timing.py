"""Figures of the bench as measures of the frame: medians, and what they are as a multiple of a baseline's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from evals.bench.figures import Row as Timed
from evals.bench.figures import Section
from evals.frame.methods import SYSTEM
from evals.frame.models import Measure, Row
from evals.metrics.figure import Figure

Sections = Mapping[str, Section]


@dataclass(frozen=True)
class Timing:
    """One quantity of one section. ``subject``: its row; ``beside``: rows it is compared with, None for all others."""

    name: str
    about: str
    section: str
    subject: str
    quantity: str = "wall time"
    beside: tuple[str, ...] | None = None

    def measure(self, sections: Sections) -> Measure:
        subject, others = self.rows(sections)
        rows = [Row(method=SYSTEM, figure=_figure(subject.values, subject.unit))]
        rows += [Row(method=one.name, figure=_figure(one.values, one.unit)) for one in others]
        return Measure(name=self.name, about=self.about, rows=tuple(rows), higher_is_better=False)

    def rows(self, sections: Sections) -> tuple[Timed, list[Timed]]:
        """The subject and what stands beside it."""
        found = {row.name: row for row in sections[self.section].rows if row.quantity == self.quantity}
        names = found if self.beside is None else self.beside
        return found[self.subject], [found[name] for name in names if name != self.subject]


@dataclass(frozen=True)
class Ratio:
    """A timing divided by one of the rows beside it: what is dearer than doing less, on any machine."""

    name: str
    about: str
    timing: Timing
    over: str

    def measure(self, sections: Sections) -> Measure:
        subject, others = self.timing.rows(sections)
        other = next(one for one in others if one.name == self.over)
        figure = _ratio(subject, other)
        rows = (Row(method=SYSTEM, figure=figure), Row(method=self.over, figure=_of((1.0,), "1 by definition")))
        return Measure(name=self.name, about=self.about, rows=rows, higher_is_better=False)


def _figure(values: Sequence[float], unit: str) -> Figure:
    return _of(values, f"median of {len(values)} repeats in {unit}, between the lowest and the highest of them")


def _ratio(subject: Timed, other: Timed) -> Figure:
    """Repeats took turns, so each is divided by its neighbour; else only the medians can be compared."""
    if len(subject.values) == len(other.values):
        ratios = [one / two for one, two in zip(subject.values, other.values, strict=True)]
        return _of(
            ratios, f"median of {len(ratios)} ratios of neighbouring repeats, between the lowest and the highest"
        )
    ends = (subject.lowest / other.highest, subject.highest / other.lowest)
    return Figure.of(subject.median / other.median, ends, n=len(subject.values), reason="ratio of the medians")


def _of(values: Sequence[float], reason: str) -> Figure:
    return Figure.of(median(values), (min(values), max(values)), n=len(values), reason=reason)
