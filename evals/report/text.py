"""The report as the command line prints it: floors, then suite by suite its table, then failures if asked for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import islice

from evals.frame.models import Judgement, Measure, Report, SuiteReport
from evals.report.scale import scale_of
from evals.report.wording import LEGEND, choice_words, floor_words, floors_words, head_words
from rag.article.words import clean

GAP = 2
#: Characters of an item's text shown with a failure; the page and the JSON hold all of it.
TEXT = 600


def in_words(report: Report, *, failures: int = 0, width: int = 110) -> str:
    """Lines no wider than ``width`` where words can be broken, without an end of line after the last.

    ``failures``: of each metric at most so many, the worst first.
    """
    head = ", ".join(f"{name.lower()} {value}" for name, value in head_words(report))
    lines = [*_wrap(f"Evaluation: {head}.", width), *_floors(report, width), *_wrap(LEGEND, width)]
    for suite in report.suites:
        lines += ["", *_suite(suite, width)]
        for measure in suite.measures if failures else ():
            lines += _failures(suite, measure, failures, width)
    return "\n".join(lines)


def _floors(report: Report, width: int) -> Iterator[str]:
    yield from _wrap(floors_words(report.floors), width)
    for one in sorted(report.floors, key=lambda floor: floor.held):
        yield from _wrap(f"{'held  ' if one.held else 'BROKEN'} {floor_words(one)}. {one.because}", width, indent=2)


def _suite(suite: SuiteReport, width: int) -> Iterator[str]:
    yield from _wrap(f"{suite.title} ({suite.suite}; {choice_words(suite)})", width)
    yield from _wrap(suite.about, width, indent=2)
    for note in suite.notes:
        yield from _wrap(f"Note: {note}", width, indent=2)
    yield from _table(suite, width)


def _table(suite: SuiteReport, width: int) -> Iterator[str]:
    """As many methods beside each other as there is room for, the rest below."""
    methods = list(dict.fromkeys(row.method for measure in suite.measures for row in measure.rows))
    cells = {measure.name: _cells(suite, measure) for measure in suite.measures}
    name_width = max((len(name) for name in cells), default=0) + GAP
    widths = {
        method: GAP + max(len(method), *(len(found.get(method, "")) for found in cells.values())) for method in methods
    }
    for block in _blocks(methods, widths, width - name_width):
        yield ""
        yield _line("", [(method, widths[method]) for method in block], name_width)
        for name, found in cells.items():
            if any(method in found for method in block):
                yield _line(name, [(found.get(method, ""), widths[method]) for method in block], name_width)


def _cells(suite: SuiteReport, measure: Measure) -> dict[str, str]:
    scale = scale_of(measure, timed=suite.timed)
    return {row.method: scale.cell(row.figure) for row in measure.rows}


def _blocks(methods: Sequence[str], widths: dict[str, int], room: int) -> Iterator[list[str]]:
    block: list[str] = []
    for method in methods:
        if block and sum(widths[one] for one in (*block, method)) > room:
            yield block
            block = []
        block.append(method)
    if block:
        yield block


def _line(name: str, cells: Sequence[tuple[str, int]], name_width: int) -> str:
    return "".join(("  " + name.ljust(name_width - 2), *(text.rjust(size) for text, size in cells))).rstrip()


def _failures(suite: SuiteReport, measure: Measure, most: int, width: int) -> Iterator[str]:
    if suite.timed:
        return
    found = list(suite.failures(measure))
    if found:
        yield ""
        yield f"  {measure.name}: {len(found)} of {len(measure.subject.judgements)} not right, the worst first"
    for judgement, text in islice(found, most):
        yield from _failure(judgement, text, width)


def _failure(judgement: Judgement, text: str, width: int) -> Iterator[str]:
    shown = text if len(text) <= TEXT else f"{text[:TEXT]} [...]"
    yield from _wrap(f"- {judgement.item}", width, indent=2)
    for name, said in (("expected", judgement.expected), ("found", judgement.found), ("text", shown)):
        yield from _wrap(f"{name + ':':10}{said}", width, indent=4, hanging=14)


def _wrap(text: str, width: int, *, indent: int = 0, hanging: int | None = None) -> list[str]:
    later = indent if hanging is None else hanging
    return textwrap.wrap(
        clean(text).strip(), width, initial_indent=" " * indent, subsequent_indent=" " * later, break_on_hyphens=False
    )
