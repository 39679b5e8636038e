"""Which floors a suite breaks: what makes it red."""

from __future__ import annotations

from collections.abc import Iterable

from evals.frame.floors import check_floors, load_floors
from evals.frame.models import Measure, SuiteReport


def red(report: SuiteReport) -> set[str]:
    """Names of the metrics under their own floors."""
    return {one.measure.partition(".")[2] for one in check_floors([report], load_floors()) if not one.held}


def as_suite(name: str, measures: Iterable[Measure]) -> SuiteReport:
    """Measures as the suite they belong to."""
    return SuiteReport(
        suite=name, title=name, about="", half=None, limit=None, items={}, measures=tuple(measures), notes=()
    )
