"""The least a figure may be: kept as data, or given with ``--fail-under``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.frame.models import FloorResult, SuiteReport
from ingest.front_matter import CorpusModel, Text
from ingest.strict_yaml import load_yaml, validate
from rag.errors import UserError

OWN_FILE = Path(__file__).resolve().parents[1] / "floors.yaml"


class Floor(CorpusModel):
    """``measure``: ``suite.metric``; the subject's figure under it."""

    measure: Text
    at_least: float
    because: Text

    @property
    def suite(self) -> str:
        return self.measure.partition(".")[0]


class FloorFile(CorpusModel):
    floors: tuple[Floor, ...]


def load_floors(file: Path = OWN_FILE) -> tuple[Floor, ...]:
    """Raises CorpusError, CorpusErrors."""
    return validate(FloorFile, load_yaml(file)).floors


def given_floor(text: str) -> Floor:
    """``suite.metric=value``. Raises UserError."""
    measure, equals, value = text.partition("=")
    suite, dot, metric = measure.strip().partition(".")
    try:
        least = float(value)
    except ValueError:
        least = float("nan")
    if not (equals and dot and suite and metric) or least != least:
        raise UserError(f"--fail-under {text!r} is no floor. Write it like verdicts.deciding-right=0.95.")
    return Floor(measure=measure.strip(), at_least=least, because="given with --fail-under")


def merged(own: Iterable[Floor], given: Iterable[Floor]) -> tuple[Floor, ...]:
    """A given floor takes the place of the own one of the same metric."""
    return tuple({floor.measure: floor for floor in (*own, *given)}.values())


def check_floors(suites: Sequence[SuiteReport], floors: Iterable[Floor]) -> tuple[FloorResult, ...]:
    """Of the suites that were run. A metric that is not there holds no floor: its value is None.

    Raises UserError for a metric of which less is better: there a floor would hold what is bad.
    """
    by_name = {suite.suite: suite for suite in suites}
    found = []
    for floor in floors:
        suite = by_name.get(floor.suite)
        if suite is None:
            continue
        measure = suite.measure(floor.measure.partition(".")[2])
        if measure is not None and not measure.higher_is_better:
            raise UserError(f"{floor.measure}: lower is better there, so a floor says nothing. Leave it out.")
        value = measure.subject.figure.value if measure else None
        found.append(FloorResult(measure=floor.measure, at_least=floor.at_least, value=value, because=floor.because))
    return tuple(found)
