"""What was measured, as data. Nothing in it depends on the clock or on the machine."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from evals.citations.pair import Half
from evals.metrics.figure import Figure


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MethodFigures(Part):
    """One method on one slice. ``rejected``: of the unsupported pairs."""

    method: str
    precision: Figure
    recall: Figure
    rejected: Figure
    auc: Figure


class SliceFigures(Part):
    name: str
    pairs: int
    supported: int
    methods: tuple[MethodFigures, ...]


class SetFigures(Part):
    """``thresholds`` by method: calibrated on the calibrate half of this set."""

    name: str
    half: Half
    thresholds: dict[str, float]
    slices: tuple[SliceFigures, ...]


class Failure(Part):
    """A pair on which the guard was wrong; ``found``: what it held against the claim."""

    set: str
    id: str
    kind: str
    accepted: bool
    score: float
    claim: str
    passage: str
    found: tuple[str, ...]


class CitationReport(Part):
    """``limit``: at most so many pairs of each half of each set. ``absent``: sets that were not there."""

    suite: str = "citations"
    half: Half
    limit: int | None
    subject: str
    sets: tuple[SetFigures, ...]
    failures: tuple[Failure, ...]
    absent: tuple[str, ...]

    def as_json(self) -> str:
        return self.model_dump_json(indent=2)

    def in_words(self) -> str:
        from evals.citations.table import table

        return table(self)
