"""What the page shows of a suite and of a metric, put ready for the templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evals.compare.models import Change, Comparison
from evals.frame.models import FloorResult, Judgement, Measure, Report, Slice, SuiteReport
from evals.report.html.plot import Mark, Plot, plot_of
from evals.report.scale import Scale, scale_of
from evals.report.wording import floors_of


@dataclass(frozen=True)
class MeasureView:
    suite: SuiteReport
    measure: Measure
    scale: Scale
    plot: Plot
    floor: FloorResult | None
    change: Change | None
    failures: tuple[tuple[Judgement, str], ...]

    @property
    def id(self) -> str:
        return f"{self.suite.suite}.{self.measure.name}"

    @property
    def subject(self) -> Mark:
        return self.plot.subject

    @property
    def others(self) -> tuple[Mark, ...]:
        return self.plot.marks[1:]

    @property
    def best_other(self) -> Mark | None:
        """The baseline that comes nearest to the best; None where none was measured."""
        measured = [mark for mark in self.others if mark.figure.value is not None]
        sign = 1 if self.measure.higher_is_better else -1
        return max(measured, key=lambda mark: sign * (mark.figure.value or 0.0), default=None)

    @property
    def judged(self) -> int:
        return len(self.measure.subject.judgements)

    @property
    def scored(self) -> bool:
        """Whether a figure of it can be weak: a share, measured, and better the higher."""
        return self.scale.share and self.measure.higher_is_better and self.subject.figure.value is not None

    def slice_cells(self, part: Slice) -> list[str]:
        return [
            self.scale.cell(part.figures[row.method]) if row.method in part.figures else "-"
            for row in self.measure.rows
        ]


@dataclass(frozen=True)
class SuiteView:
    suite: SuiteReport
    measures: tuple[MeasureView, ...]
    floors: tuple[FloorResult, ...]

    @property
    def broken(self) -> tuple[FloorResult, ...]:
        return tuple(floor for floor in self.floors if not floor.held)

    @property
    def state(self) -> str:
        """The name of its colour and sign."""
        if not self.floors:
            return "none"
        return "broken" if self.broken else "held"

    @property
    def state_words(self) -> str:
        if not self.floors:
            return "no floor set"
        count = len(self.broken)
        if count:
            return f"{count} of {len(self.floors)} {'floor' if len(self.floors) == 1 else 'floors'} broken"
        return "floor holds" if len(self.floors) == 1 else f"all {len(self.floors)} floors hold"


def suite_views(report: Report, against: Comparison | None) -> Iterator[SuiteView]:
    for suite in report.suites:
        floors = floors_of(report, suite.suite)
        measures = tuple(_measure_view(suite, measure, floors, against) for measure in suite.measures)
        yield SuiteView(suite, measures, floors)


def _measure_view(
    suite: SuiteReport, measure: Measure, floors: tuple[FloorResult, ...], against: Comparison | None
) -> MeasureView:
    name = f"{suite.suite}.{measure.name}"
    scale = scale_of(measure, timed=suite.timed)
    floor = next((one for one in floors if one.measure == name), None)
    return MeasureView(
        suite=suite,
        measure=measure,
        scale=scale,
        plot=plot_of(measure, scale, floor=floor.at_least if floor else None),
        floor=floor,
        change=against.change(suite.suite, measure.name) if against else None,
        failures=() if suite.timed else tuple(suite.failures(measure)),
    )
