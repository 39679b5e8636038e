"""The suites by name. A suite is imported when it runs, so that asking for help costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from ingest.progress import Progress, silent
from rag.errors import UnknownName

Notice = Callable[[str], None]


def unheard(message: str) -> None:
    """A notice nobody reads."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What every suite is given; one that has no use for an option passes over it.

    ``data``: folder of public sets (or of scripts). ``limit``: items of each half of each set at most. ``failures``:
    how many of each kind of error to show. ``nli``: name of a cross-encoder to measure beside the rest.
    """

    data: Path | None = None
    half: Literal["calibrate", "report"] = "report"
    limit: int | None = None
    failures: int = 0
    nli: str | None = None
    corpus: Path | None = None
    progress: Progress = silent
    notice: Notice = unheard


class Report(Protocol):
    """The same options on the same data give the same report, to the byte."""

    def in_words(self) -> str: ...

    def as_json(self) -> str: ...


Suite = Callable[[Options], Report]


def _citations(options: Options) -> Report:
    from evals.citations.suite import run as run_citations

    return run_citations(options)


def _followups(options: Options) -> Report:
    from evals.followups.suite import run as run_followups

    return run_followups(options)


SUITES: Mapping[str, Suite] = {"citations": _citations, "followups": _followups}


def run(suite: str, options: Options) -> Report:
    """Measure. Raises UnknownName, which lists the suites; UserError for data that cannot be used."""
    if suite not in SUITES:
        raise UnknownName("suite", suite, list(SUITES))
    return SUITES[suite](options)
