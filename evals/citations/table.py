"""The report as plain text: a block for each set, a table for each part of it, then the failures."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from evals.citations.report import CitationReport, Failure, MethodFigures, SetFigures, SliceFigures
from evals.metrics.figure import Figure
from rag.article.words import clean

WIDTH = 110
NAME = 18
CELL = 23
COLUMNS = ("precision", "recall", "rejected", "AUC")
NOTE = (
    "Each figure: value [95 % interval] n. precision: of accepted pairs, the supported; recall: of supported pairs, "
    "the accepted; rejected: of unsupported pairs, the rejected; AUC: of the score."
)
CALIBRATED = "Thresholds of baselines were set on these same pairs: their figures are flattered."
#: Characters of a passage shown with a failure; JSON holds all of it.
PASSAGE = 600


def table(report: CitationReport) -> str:
    """Text of lines no wider than ``WIDTH``, without an end of line after the last."""
    limit = f", at most {report.limit} pairs of each half of a set" if report.limit else ""
    note = f"{NOTE} {CALIBRATED}" if report.half == "calibrate" else NOTE
    head = [f"Citations: {report.half} half{limit}.", *textwrap.wrap(note, WIDTH), *report.absent]
    blocks = ["\n".join(head), *(_set(one, report.subject) for one in report.sets)]
    if report.failures:
        blocks.append(f"Worst errors of the method `{report.subject}`")
        blocks.extend(_failure(one) for one in report.failures)
    return "\n\n".join(blocks)


def _set(found: SetFigures, subject: str) -> str:
    parts = [part for part in found.slices if not part.name.startswith("kind ")]
    kinds = [part for part in found.slices if part.name.startswith("kind ")]
    lines = [line for part in parts if part.pairs for line in _part(found.name, part)]
    if kinds:
        lines.extend(_kinds(found.name, kinds, subject))
    thresholds = ", ".join(f"{name} {value:.3f}" for name, value in found.thresholds.items())
    if thresholds:
        lines.append(f"  thresholds from the calibrate half: {thresholds}")
    return "\n".join(lines)


def _part(name: str, part: SliceFigures) -> Iterator[str]:
    yield f"{name}: {part.name}, {part.pairs} ({part.supported} supported)"
    yield _line("", *COLUMNS)
    yield from (_row(one.method, one) for one in part.methods)


def _kinds(name: str, kinds: Sequence[SliceFigures], subject: str) -> Iterator[str]:
    """Most kinds have one label, so that only the share judged rightly says something of them."""
    yield f"{name}: {subject}, by kind"
    yield _line("", "recall", "rejected")
    for part in kinds:
        found = next(one for one in part.methods if one.method == subject)
        yield _line(f"  {part.name.removeprefix('kind ')}", cell(found.recall), cell(found.rejected))


def _row(name: str, found: MethodFigures) -> str:
    return _line(f"  {name}", *map(cell, (found.precision, found.recall, found.rejected, found.auc)))


def _line(name: str, *cells: str) -> str:
    return "".join((name.ljust(NAME), *(text.rjust(CELL) for text in cells))).rstrip()


def cell(figure: Figure) -> str:
    """Value, interval and n; a dash where there is nothing to measure."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "-"
    return f"{figure.value:.2f} [{figure.low:.2f}-{figure.high:.2f}] {figure.n:4d}"


def _failure(one: Failure) -> str:
    call = "accepted, not supported" if one.accepted else "rejected, supported"
    passage = one.passage if len(one.passage) <= PASSAGE else f"{one.passage[:PASSAGE]} [...]"
    lines = [("claim", one.claim), ("passage", passage), ("found", "; ".join(one.found) or "nothing")]
    head = f"{one.set} {one.id} ({one.kind}): {call}, score {one.score:.2f}"
    return "\n".join([clean(head), *(_field(name, text) for name, text in lines)])


def _field(name: str, text: str) -> str:
    return textwrap.fill(
        " ".join(clean(text).split()), WIDTH, initial_indent=f"  {name + ':':9}", subsequent_indent=" " * 11
    )
