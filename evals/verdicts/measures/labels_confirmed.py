"""The labels themselves: does a second rater, who shares no code with the engine, come to the same status?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evals.frame.measuring import measure, play
from evals.frame.methods import NULL, SYSTEM
from evals.frame.metric import Check, Item, Metric
from evals.frame.models import Measure
from evals.verdicts.asked import Asked
from evals.verdicts.methods.baselines import always_open
from evals.verdicts.methods.system import System
from evals.verdicts.second_rater import SecondRater

SECOND = "second rater"


def _judge(asked: Asked, found: str) -> Iterator[Check]:
    yield Check(float(found == asked.case.status), f"{asked.case.status}: {asked.case.because}", found)


LABELS_CONFIRMED = Metric(
    "labels-confirmed",
    "of cases given as facts, those whose label the second rater shares (the second rater is measured here, not the "
    "system; every disagreement is listed)",
    _judge,
    of="labels",
)


def labels_confirmed(items: Sequence[Item[Asked]], rater: SecondRater, system: System, *, seed: int) -> Measure:
    """The second rater's row first; the system's beside it shows with whom it sides."""

    def rated(item: Item[Asked]) -> str:
        case = item.label.case
        return rater.status(case.policy, case.facts or {}, case.on) or "no table for the policy"

    given = [item for item in items if item.label.form == "facts"]
    methods: dict[str, Callable[[Item[Asked]], str]] = {SECOND: rated, SYSTEM: system, NULL: always_open}
    return measure(LABELS_CONFIRMED, {name: play(given, method) for name, method in methods.items()}, seed=seed)
