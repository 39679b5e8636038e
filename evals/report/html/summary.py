"""What a reader sees first: is it safe, where is it weak, and how sure is that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.frame.models import Judgement
from evals.report.html.plot import Mark
from evals.report.html.views import MeasureView, SuiteView

#: Names of metrics that count errors which nobody may make begin so.
SAFETY = "no-false-"
#: Figures named as the weakest, and as the least sure.
NAMED = 5


@dataclass(frozen=True)
class Safety:
    """One safety number as a count of errors, and the share of errors that would still fit what was seen."""

    view: MeasureView
    wrong: int
    judged: int
    up_to: str | None

    @property
    def others(self) -> tuple[tuple[str, int], ...]:
        """Errors of the baselines, from their figures: of a baseline no judgement is kept."""
        rows = [row for row in self.view.measure.rows[1:] if row.figure.value is not None]
        return tuple((row.method, round((1 - (row.figure.value or 0)) * row.figure.n)) for row in rows)


@dataclass(frozen=True)
class Summary:
    safety: tuple[Safety, ...]
    weakest: tuple[MeasureView, ...]
    least_sure: tuple[MeasureView, ...]
    unmeasured: tuple[MeasureView, ...]


def summary_of(suites: Sequence[SuiteView]) -> Summary:
    views = [view for suite in suites for view in suite.measures]
    scored = [view for view in views if view.scored]
    short = [view for view in scored if (view.subject.figure.value or 0) < 1]
    return Summary(
        safety=tuple(_safety(view) for view in views if view.measure.name.startswith(SAFETY) and view.judged),
        weakest=tuple(sorted(short, key=lambda view: view.subject.figure.value or 0)[:NAMED]),
        least_sure=tuple(sorted(scored, key=lambda view: -_width(view.subject))[:NAMED]),
        unmeasured=tuple(view for view in views if view.subject.figure.value is None),
    )


def _safety(view: MeasureView) -> Safety:
    judgements = view.measure.subject.judgements
    low = view.measure.subject.figure.low
    return Safety(view, _wrong(judgements), len(judgements), None if low is None else f"{100 * (1 - low):.1f} %")


def _wrong(judgements: Sequence[Judgement]) -> int:
    return sum(one.value < 1 for one in judgements)


def _width(mark: Mark) -> float:
    figure = mark.figure
    return 0.0 if figure.low is None or figure.high is None else figure.high - figure.low
