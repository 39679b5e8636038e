"""All metrics that two runs share."""

from __future__ import annotations

from collections.abc import Iterator

from evals.compare.change import change_of, with_finding
from evals.compare.holm import holm
from evals.compare.models import Change, Comparison, Run
from evals.frame.models import Report, SuiteReport


def compare(before: Report, after: Report, *, seed: int = 0) -> Comparison:
    """The subject of ``after`` beside that of ``before``, item by item; ``seed`` is of what is drawn by lot."""
    changes = [change for suite in after.suites for change in _changes(before.suite(suite.suite), suite, seed)]
    adjusted = iter(holm([one.p_value for one in changes if one.p_value is not None]))
    names, others = _names(after), _names(before)
    return Comparison(
        before=Run.of(before),
        after=Run.of(after),
        seed=seed,
        changes=tuple(with_finding(one, None if one.p_value is None else next(adjusted)) for one in changes),
        only_before=tuple(name for name in others if name not in names),
        only_after=tuple(name for name in names if name not in others),
        notes=tuple(_notes(before, after)),
    )


def _changes(before: SuiteReport | None, after: SuiteReport, seed: int) -> Iterator[Change]:
    if before is None:
        return
    for measure in after.measures:
        earlier = before.measure(measure.name)
        if earlier is not None:
            timed = after.timed or before.timed
            yield change_of(after.suite, earlier, measure, timed=timed, seed=seed)


def _names(report: Report) -> list[str]:
    return [f"{suite.suite}.{measure.name}" for suite in report.suites for measure in suite.measures]


def _notes(before: Report, after: Report) -> Iterator[str]:
    """What makes the two runs less alike than their figures suggest."""
    if before.corpus_hash != after.corpus_hash:
        yield "The corpus is not the same: labels, passages and policies may have changed with it."
    if before.seed != after.seed:
        yield f"Seeds differ: {before.seed} before, {after.seed} after."
    for suite in after.suites:
        other = before.suite(suite.suite)
        if other is not None:
            yield from _suite_notes(other, suite)


def _suite_notes(before: SuiteReport, after: SuiteReport) -> Iterator[str]:
    if (before.half, before.limit) != (after.half, after.limit):
        yield f"{after.suite}: another choice of items; what follows is on those common to both."
    changed = sum(before.items[name] != text for name, text in after.items.items() if name in before.items)
    if changed:
        yield f"{after.suite}: {changed} {'item has' if changed == 1 else 'items have'} another text under the same id."
    for measure in after.measures:
        earlier = before.measure(measure.name)
        if earlier is not None and earlier.subject.method != measure.subject.method:
            yield f"{after.suite}.{measure.name}: `{earlier.subject.method}` before, `{measure.subject.method}` after."
