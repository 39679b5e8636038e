"""What was measured, as data: the one shape of every suite's result. It is what ``report.json`` holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from evals.metrics.figure import Figure

Half = Literal["calibrate", "report"]

#: Name of the slice that is everything.
ALL = "all"


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Judgement(Part):
    """One item under one metric: 1 is right, 0 is wrong; a graded metric has values between.

    ``item``: the same id in every run on the same data; what comes after a ``|`` names a part of the item.
    ``expected`` and ``found`` in words. ``cluster``: judgements of one cluster depend on each other ("" stands alone).
    """

    item: str
    value: float
    expected: str = ""
    found: str = ""
    cluster: str = ""


class Row(Part):
    """One method under one metric. Only the subject's judgements are kept; a figure that is no mean of any has none."""

    method: str
    figure: Figure
    judgements: tuple[Judgement, ...] = ()


class Slice(Part):
    """A part of the items, such as ``payer: x``; figures by method."""

    name: str
    figures: dict[str, Figure]


class Measure(Part):
    """One metric: the subject's row first, then the baselines'. ``name`` is what ``--fail-under`` calls it."""

    name: str
    about: str
    rows: tuple[Row, ...]
    slices: tuple[Slice, ...] = ()
    higher_is_better: bool = True

    @property
    def subject(self) -> Row:
        return self.rows[0]


class SuiteReport(Part):
    """One suite. ``items``: the text of each item, by the part of its id before a ``|``.

    ``half``: which items were measured; None is all. ``timed``: the figures are this machine's and this minute's, and
    are left out of what must be identical in two runs.
    """

    suite: str
    title: str
    about: str
    half: Half | None
    limit: int | None
    items: dict[str, str]
    measures: tuple[Measure, ...]
    notes: tuple[str, ...] = ()
    timed: bool = False

    def measure(self, name: str) -> Measure | None:
        return next((one for one in self.measures if one.name == name), None)

    def failures(self, measure: Measure) -> Iterator[tuple[Judgement, str]]:
        """The subject's judgements that are not wholly right, the worst first, each with the text of its item.

        None where lower is better: a grade is not right or wrong.
        """
        wrong = [one for one in measure.subject.judgements if one.value < 1 and measure.higher_is_better]
        for one in sorted(wrong, key=lambda judgement: judgement.value):
            yield one, self.items.get(one.item.split("|")[0], "")


class FloorResult(Part):
    """A figure beside the least it may be. ``value`` is None where nothing was measured, which is under any floor."""

    measure: str
    at_least: float
    value: float | None
    because: str

    @property
    def held(self) -> bool:
        return self.value is not None and self.value >= self.at_least


class Report(Part):
    """All suites of one run. ``model``: the language model that was measured too, if any."""

    schema_version: Literal["1"] = "1"
    software_version: str
    corpus_hash: str
    seed: int
    model: str | None = None
    suites: tuple[SuiteReport, ...]
    floors: tuple[FloorResult, ...] = ()

    def suite(self, name: str) -> SuiteReport | None:
        return next((one for one in self.suites if one.suite == name), None)

    @property
    def broken(self) -> tuple[FloorResult, ...]:
        return tuple(one for one in self.floors if not one.held)
