"""What was measured, as data. Nothing in it depends on the clock or on the machine."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from evals.citations.pair import Half
from evals.metrics.figure import Figure


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MeasureFigures(Part):
    """One measure, by name of what is compared: the conversation first, then its baselines."""

    measure: str
    figures: dict[str, Figure]


class Failure(Part):
    """A judgement that went against the conversation."""

    measure: str
    thread: str
    turn: int
    said: str
    expected: str
    found: str


class FollowupReport(Part):
    """``limit``: at most so many threads. ``false_met``: turns that call a request met which is not, by method."""

    suite: str = "followups"
    half: Half
    limit: int | None
    subject: str
    threads: int
    turns: int
    false_met: dict[str, int]
    measures: tuple[MeasureFigures, ...]
    failures: tuple[Failure, ...]

    def as_json(self) -> str:
        return self.model_dump_json(indent=2)

    def in_words(self) -> str:
        from evals.followups.table import table

        return table(self)
