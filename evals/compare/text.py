"""A comparison as the command line prints it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from evals.compare.change import LEVEL
from evals.compare.models import Change, Comparison, Finding, Run
from evals.report.scale import bare, share_words
from rag.article.words import clean, plural

#: Items named on one line; JSON and the page name all.
NAMED = 8


def in_words(comparison: Comparison, *, width: int = 110) -> str:
    """How it was tested, a table of all metrics, and what moved; without an end of line after the last."""
    lines = [
        *_wrap(f"Before: {run_words(comparison.before)}.", width),
        *_wrap(f"After:  {run_words(comparison.after)}.", width),
        *_wrap(method_words(comparison), width),
        *_wrap(tally_words(comparison), width),
        *(line for note in comparison.notes for line in _wrap(f"Note: {note}", width)),
        "",
        *_table(comparison),
    ]
    for change in comparison.changes:
        lines += _moved(change, width)
    for names, run in ((comparison.only_before, "before"), (comparison.only_after, "after")):
        if names:
            lines += ["", *_wrap(f"Only in the run {run}: {', '.join(names)}.", width)]
    return "\n".join(lines)


def run_words(run: Run) -> str:
    return (
        f"software {run.software_version}, corpus {run.corpus_hash[:12]}, seed {run.seed}, model {run.model or 'none'}"
    )


def method_words(comparison: Comparison) -> str:
    """How the findings were come by."""
    return (
        f"Differences are over the judgements common to both runs, with 95 % intervals. p is adjusted by Holm's method "
        f"over {plural(comparison.tests, 'metric')} tested; better and worse are said where it is at most {LEVEL:g}. "
        "That no difference is shown does not show that there is none: the interval says how large one may be."
    )


def tally_words(comparison: Comparison) -> str:
    """How many metrics there are of each finding; those that got worse by name."""
    count = Counter(change.finding for change in comparison.changes)
    counts = ", ".join(f"{count[finding]} {finding}" for finding in get_args(Finding) if count[finding])
    worse = ", ".join(change.name for change in comparison.changes if change.finding == "worse")
    return f"Metrics: {counts or 'none in common'}.{f' Worse: {worse}.' if worse else ''}"


def number(value: float | None) -> str:
    if value is None:
        return "-"
    return share_words(value) if 0 <= value <= 1 else bare(value)


def difference_words(change: Change) -> str:
    """ "+0.050 [-0.010 to +0.110]", or "none" where every judgement is the same."""
    if change.finding == "identical":
        return "none"
    if change.difference is None:
        return "-"
    ends = "" if change.low is None or change.high is None else f" [{change.low:+.3f} to {change.high:+.3f}]"
    return f"{change.difference:+.3f}{ends}"


def p_words(p_value: float | None) -> str:
    if p_value is None:
        return "-"
    return "<0.001" if p_value < 0.001 else f"{p_value:.3f}"


def _table(comparison: Comparison) -> Iterator[str]:
    head = ("", "before", "after", "difference [95 % interval]", "n", "got worse", "got better", "p", "finding")
    lines = [head, *(_cells(change) for change in comparison.changes)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for line in lines:
        middle = (text.rjust(size) for text, size in zip(line[1:-1], widths[1:-1], strict=True))
        yield "  ".join((line[0].ljust(widths[0]), *middle, line[-1])).rstrip()


def _cells(change: Change) -> tuple[str, ...]:
    return (
        change.name,
        number(change.before.value),
        number(change.after.value),
        difference_words(change),
        str(change.common),
        str(len(change.fell)),
        str(len(change.rose)),
        p_words(change.adjusted_p),
        change.finding,
    )


def _moved(change: Change, width: int) -> Iterator[str]:
    parts = (
        ("got worse", change.fell),
        ("got better", change.rose),
        ("only before", change.only_before),
        ("only after", change.only_after),
    )
    if any(names for _, names in parts):
        yield ""
        alone = "" if change.mcnemar_p is None else f"; McNemar's p as if independent {p_words(change.mcnemar_p)}"
        clusters = f" in {plural(change.clusters, 'cluster')}{alone}" if change.clusters < change.common else ""
        yield from _wrap(f"{change.name}: {change.test}{clusters}", width)
    for what, names in parts:
        if names:
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield from _wrap(f"{what}, {len(names)}: {'; '.join(names[:NAMED])}{more}", width, indent=2)


def _wrap(text: str, width: int, *, indent: int = 0) -> list[str]:
    return textwrap.wrap(
        clean(text), width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_on_hyphens=False
    )
