"""One metric in two runs."""

from __future__ import annotations

from evals.compare.clusters import bootstrap_interval, exchange_test
from evals.compare.mcnemar import mcnemar
from evals.compare.models import Change, Finding
from evals.compare.newcombe import newcombe_interval
from evals.compare.pairing import Paired, pair_up
from evals.frame.models import Measure
from evals.metrics.figure import DIGITS

MCNEMAR = "exact McNemar test"
EXCHANGE = "paired randomisation test"
BY_CLUSTER = f"{EXCHANGE}, by cluster"
NOT_JUDGED = "none: the figure is no mean of judgements, or none are common to both"
NOT_REPEATABLE = "none: times and memory are those of the machine and the minute"

#: Risk of a false alarm, over all metrics.
LEVEL = 0.05


def change_of(suite: str, before: Measure, after: Measure, *, timed: bool, seed: int) -> Change:
    """Not adjusted yet, and without a finding, both of which take all metrics."""
    paired = pair_up(before.subject.judgements, after.subject.judgements)
    worse, better = _moved(paired, after.higher_is_better)
    found = Change(
        suite=suite,
        measure=after.name,
        higher_is_better=after.higher_is_better,
        timed=timed,
        before=before.subject.figure,
        after=after.subject.figure,
        common=len(paired.pairs),
        clusters=len(paired.clusters),
        test=NOT_REPEATABLE if timed else NOT_JUDGED,
        fell=() if timed else worse,
        rose=() if timed else better,
        only_before=paired.only_before,
        only_after=paired.only_after,
    )
    return found if timed or not paired.pairs else found.model_copy(update=_tested(paired, seed))


def with_finding(change: Change, adjusted_p: float | None) -> Change:
    return change.model_copy(update={"adjusted_p": adjusted_p, "finding": _finding(change, adjusted_p)})


def _moved(paired: Paired, higher_is_better: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    fell = tuple(pair.item for pair in paired.pairs if pair.difference < 0)
    rose = tuple(pair.item for pair in paired.pairs if pair.difference > 0)
    return (fell, rose) if higher_is_better else (rose, fell)


def _tested(paired: Paired, seed: int) -> dict[str, object]:
    pairs = paired.pairs
    unchanged, rose, fell = (
        sum(pair.difference == 0 for pair in pairs),
        sum(pair.difference > 0 for pair in pairs),
        sum(pair.difference < 0 for pair in pairs),
    )
    interval = _interval(paired, seed)
    alone = mcnemar(fell, rose) if paired.binary else None
    simple = alone is not None and not paired.clustered
    return {
        "difference": 0.0 if unchanged == len(pairs) else round(sum(p.difference for p in pairs) / len(pairs), DIGITS),
        "low": None if interval is None else round(interval[0], DIGITS),
        "high": None if interval is None else round(interval[1], DIGITS),
        "test": MCNEMAR if simple else BY_CLUSTER if paired.clustered else EXCHANGE,
        "p_value": alone if simple else exchange_test(paired.clusters, seed=seed),
        "mcnemar_p": alone,
    }


def _interval(paired: Paired, seed: int) -> tuple[float, float] | None:
    """Of right and wrong Newcombe's; in clusters or graded the bootstrap's, and Newcombe's of clusters, where all are
    alike within and unchanged."""
    if paired.binary and not paired.clustered:
        return _newcombe([(pair.before, pair.after) for pair in paired.pairs])
    found = bootstrap_interval(paired.clusters, seed=seed)
    if found is None and paired.binary:
        alike = [{(pair.before, pair.after) for pair in cluster} for cluster in paired.clusters]
        if all(len(kinds) == 1 for kinds in alike):
            return _newcombe([next(iter(kinds)) for kinds in alike])
    return found


def _newcombe(outcomes: list[tuple[float, float]]) -> tuple[float, float]:
    both, rose, fell, neither = (outcomes.count(kind) for kind in ((1, 1), (0, 1), (1, 0), (0, 0)))
    return newcombe_interval(both, rose, fell, neither)


def _finding(change: Change, adjusted_p: float | None) -> Finding:
    if change.timed:
        return "not tested"
    if change.before == change.after and not (change.fell or change.rose or change.only_before or change.only_after):
        return "identical"
    if adjusted_p is None or change.difference is None:
        return "not tested"
    if adjusted_p > LEVEL or change.difference == 0:
        return "no difference shown"
    return "better" if (change.difference > 0) == change.higher_is_better else "worse"
