"""The suite: the guard beside its baselines, on every set that is there."""

from __future__ import annotations

from collections.abc import Sequence

from evals.citations.compared import compared
from evals.citations.measure import measure_set
from evals.citations.methods.method import Method
from evals.citations.pairs import Sets, absent_sets, load_sets
from evals.citations.report import CitationReport
from evals.suites import Options
from rag.errors import UserError


def run(options: Options) -> CitationReport:
    """Raises UserError where there is not one set to measure."""
    absent = absent_sets(options.data)
    for remark in absent:
        options.notice(remark)
    sets = load_sets(options.data)
    if not sets:
        raise UserError("There are no pairs to measure. Give --data the folder of a set of labelled claims.")
    return measure(sets, compared(options), options, absent=absent)


def measure(sets: Sets, methods: Sequence[Method], options: Options, *, absent: Sequence[str] = ()) -> CitationReport:
    """The first method is the subject: its failures are shown."""
    found = []
    for name, pairs in sets.items():
        options.progress(0, 1, f"measuring {name}")
        found.append(
            measure_set(name, pairs, methods, half=options.half, limit=options.limit, failures=options.failures)
        )
        options.progress(1, 1, f"measuring {name}")
    return CitationReport(
        half=options.half,
        limit=options.limit,
        subject=methods[0].name,
        sets=tuple(figures for figures, _ in found),
        failures=tuple(failure for _, failures in found for failure in failures),
        absent=tuple(absent),
    )
