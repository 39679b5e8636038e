"""The report as plain text: the safety number, a table of measures, then the failures."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from evals.followups.report import Failure, FollowupReport, MeasureFigures
from evals.metrics.figure import Figure
from rag.article.words import clean

WIDTH = 110
NAME = 22
CELL = 28
NOTE = (
    "Each figure: share right [95 % interval] n. A judgement that fails counts as wrong. Judgements of one thread "
    "depend on each other, so the intervals are narrower than the truth."
)


def table(report: FollowupReport) -> str:
    """Text of lines no wider than ``WIDTH``, without an end of line after the last."""
    limit = f", at most {report.limit} threads" if report.limit else ""
    head = f"Follow-ups: {report.half} half, {report.threads} threads, {report.turns} turns{limit}."
    names = list(report.false_met)
    lines = [head, _safety(report), *textwrap.wrap(NOTE, WIDTH), "", _line("", *names)]
    lines += [_row(one, names) for one in report.measures]
    if report.failures:
        lines += ["", f"Failures of the method `{report.subject}`, the gravest measure first"]
        lines += [line for one in report.failures for line in ("", *_failure(one))]
    return "\n".join(lines)


def _safety(report: FollowupReport) -> str:
    beside = ", ".join(f"{name} {count}" for name, count in report.false_met.items() if name != report.subject)
    return f"Turns with a false met: {report.false_met[report.subject]} ({beside})."


def _row(found: MeasureFigures, names: list[str]) -> str:
    return _line(f"  {found.measure}", *(cell(found.figures[name]) for name in names))


def _line(name: str, *cells: str) -> str:
    return "".join((name.ljust(NAME), *(text.rjust(CELL) for text in cells))).rstrip()


def cell(figure: Figure) -> str:
    """Value, interval and n; a dash where there is nothing to measure."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "-"
    return f"{figure.value:.3f} [{figure.low:.2f}-{figure.high:.2f}] {figure.n:4d}"


def _failure(one: Failure) -> Iterator[str]:
    yield clean(f"{one.measure}: {one.thread}, turn {one.turn}")
    for name, text in (("said", one.said), ("expected", one.expected), ("found", one.found)):
        yield textwrap.fill(
            " ".join(clean(text).split()), WIDTH, initial_indent=f"  {name + ':':10}", subsequent_indent=" " * 12
        )
