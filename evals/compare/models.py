"""What a comparison of two runs says, as data."""

from __future__ import annotations

from typing import Literal

from evals.frame.models import Part, Report
from evals.metrics.figure import Figure

Finding = Literal["better", "worse", "no difference shown", "identical", "not tested"]


class Run(Part):
    """What was measured with what."""

    software_version: str
    corpus_hash: str
    seed: int
    model: str | None

    @classmethod
    def of(cls, report: Report) -> Run:
        return cls(
            software_version=report.software_version,
            corpus_hash=report.corpus_hash,
            seed=report.seed,
            model=report.model,
        )


class Change(Part):
    """One metric of the subject in both runs.

    ``before`` and ``after`` are the runs' own figures, over all their items. All else is over the ``common``
    judgements: ``difference`` is the mean after less the mean before, with a 95 % interval where one can be given.
    ``adjusted_p`` is Holm's, over all metrics tested. ``mcnemar_p``: as if judgements in clusters were independent,
    which makes it too small; ``finding`` does not rest on it there. ``fell`` and ``rose``: judgements that went from
    right to wrong and back; graded ones, that got worse and better.
    """

    suite: str
    measure: str
    higher_is_better: bool
    timed: bool
    before: Figure
    after: Figure
    common: int
    clusters: int
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    test: str
    p_value: float | None = None
    adjusted_p: float | None = None
    mcnemar_p: float | None = None
    finding: Finding = "not tested"
    fell: tuple[str, ...] = ()
    rose: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.suite}.{self.measure}"


class Comparison(Part):
    """``only_before`` and ``only_after``: metrics that one of the runs does not have."""

    schema_version: Literal["1"] = "1"
    before: Run
    after: Run
    seed: int
    changes: tuple[Change, ...]
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def tests(self) -> int:
        """How many metrics Holm's correction is over."""
        return sum(change.p_value is not None for change in self.changes)

    def change(self, suite: str, measure: str) -> Change | None:
        return next((one for one in self.changes if (one.suite, one.measure) == (suite, measure)), None)
