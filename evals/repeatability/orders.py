"""What a process is told to do, as the parent writes it and the process reads it."""

from __future__ import annotations

from pathlib import Path

from evals.repeatability.trace import Job, Part


class Model(Part):
    """As ``evals.options.ModelChoice``."""

    name: str | None
    record: Path | None
    replay: Path | None
    tokens: int
    seconds: float


class Orders(Part):
    """Jobs in the order they are to be done."""

    corpus: Path
    jobs: tuple[Job, ...]
    model: Model | None = None
