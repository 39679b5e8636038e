"""What every suite is given; one that has no use for an option passes over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals.frame.models import Half
from ingest.documents import corpus_root
from ingest.progress import Progress, silent

Notice = Callable[[str], None]


def unheard(message: str) -> None:
    """A notice nobody reads."""


@dataclass(frozen=True, kw_only=True)
class ModelChoice:
    """A language model by name (``provider:model``), and where its exchanges are written to or answered from."""

    name: str | None = None
    record: Path | None = None
    replay: Path | None = None
    tokens: int = 60_000
    seconds: float = 600.0


@dataclass(frozen=True, kw_only=True)
class Options:
    """``data``: a folder of outsiders' sets, see ``evals/data/README.md``. ``half``: None leaves it to the suite, which
    takes ``report`` where anything was tuned on ``calibrate``, and everything where nothing was.

    ``limit``: items of each set at most. ``seed``: of everything drawn by lot. ``nli``: name of a cross-encoder to
    measure beside the rest. ``model``: measured too, where a suite can; ``judge``: the same, to judge citations.
    """

    data: Path | None = None
    half: Half | None = None
    limit: int | None = None
    seed: int = 0
    nli: str | None = None
    model: ModelChoice | None = None
    judge: ModelChoice | None = None
    corpus: Path | None = None
    progress: Progress = silent
    notice: Notice = unheard

    @property
    def root(self) -> Path:
        """Of the corpus that is measured."""
        return self.corpus or corpus_root()

    @property
    def whole(self) -> bool:
        """Whether all is measured that a suite measures by default: only then do the own floors say something."""
        return self.limit is None and self.half is None

    @property
    def tuned_half(self) -> Half:
        """The half a suite with tuned parts is measured on."""
        return self.half or "report"
