"""Small reports written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from evals.frame.methods import NULL, SYSTEM
from evals.frame.models import FloorResult, Judgement, Measure, Report, Row, Slice, SuiteReport
from evals.metrics.figure import Figure
from evals.metrics.mean import mean

SCRIPT = "<script>document.title = 'taken over'</script>"
LONG = "unbroken" * 60
TEXTS = {
    "case-0": "A first text.",
    "case-1": f"A text with {SCRIPT} & <b>marks</b>.",
    "case-2": f"Two lines:\nthe second is {LONG}.",
    "case-3": "A fourth text.",
}


def judged(values: Sequence[float], *, cluster: str = "", name: str = "case") -> tuple[Judgement, ...]:
    """``case-0``, ``case-1`` and so on; ``cluster``: a letter for each, the same for those of one cluster."""
    return tuple(
        Judgement(
            item=f"{name}-{at}",
            value=value,
            expected=f"expected of {at}",
            found=f"found for {at} {SCRIPT}" if value < 1 else "",
            cluster=cluster[at] if cluster else "",
        )
        for at, value in enumerate(values)
    )


def row(method: str, judgements: tuple[Judgement, ...]) -> Row:
    return Row(method=method, figure=mean(judgements, seed=0, of="cases"), judgements=judgements)


def measure(
    name: str, values: Sequence[float], *, null: Sequence[float] = (), cluster: str = "", higher_is_better: bool = True
) -> Measure:
    subject = row(SYSTEM, judged(values, cluster=cluster))
    baselines = (row(NULL, judged(null, cluster=cluster)),) if null else ()
    return Measure(
        name=name,
        about=f"about {name}",
        rows=(subject, *baselines),
        slices=(Slice(name="kind: odd", figures={SYSTEM: subject.figure}),),
        higher_is_better=higher_is_better,
    )


def suite(name: str, *measures: Measure, timed: bool = False) -> SuiteReport:
    return SuiteReport(
        suite=name,
        title=f"Title of {name}",
        about=f"What {name} measures; `null` is a baseline.",
        half="report",
        limit=None,
        items=TEXTS,
        measures=measures,
        notes=(f"{name}: a note.",),
        timed=timed,
    )


def seconds(value: float) -> Measure:
    figure = Figure(value=value, low=value / 2, high=value * 2, n=5, reason="median of 5")
    return Measure(
        name="answer-seconds", about="time", rows=(Row(method=SYSTEM, figure=figure),), higher_is_better=False
    )


def report(*suites: SuiteReport, floors: tuple[FloorResult, ...] = ()) -> Report:
    return Report(software_version="1.2.3", corpus_hash="abcdef0123456789", seed=7, suites=suites, floors=floors)


def floor(name: str, at_least: float, value: float | None) -> FloorResult:
    return FloorResult(measure=name, at_least=at_least, value=value, because=f"why {name}")


def example() -> Report:
    """Two metrics that judge, one of them wrong on two of four items; one suite of times; a floor of each kind."""
    verdicts = suite(
        "verdicts",
        measure("no-false-met", [1, 1, 1, 1], null=[1, 0, 1, 1]),
        measure("deciding-right", [1, 0, 0, 1], null=[0, 0, 0, 0]),
    )
    floors = (
        floor("verdicts.no-false-met", 1.0, 1.0),
        floor("verdicts.deciding-right", 0.75, 0.5),
        floor("verdicts.never-there", 0.5, None),
    )
    return report(verdicts, suite("latency", seconds(0.25), timed=True), floors=floors)
