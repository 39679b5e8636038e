"""Suites that are done, kept in the folder of a run, so that a break costs only the suite it fell into."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.frame.models import SuiteReport
from ingest.cache import write_atomically
from rag.errors import UserError

FOLDER = "suites"


class Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    suite: SuiteReport


def make_room(folder: Path) -> None:
    """The folder, and that it can be written: said now, not after minutes of work. Raises UserError."""
    place = folder / FOLDER
    try:
        place.mkdir(parents=True, exist_ok=True)
        tried = place / ".tried"
        tried.touch()
        tried.unlink()
    except OSError as error:
        raise UserError(f"{folder} cannot be written ({error.strerror}). Name another folder with --output.") from None


def keep(suite: SuiteReport, folder: Path, fingerprint: str) -> None:
    """After ``make_room``. A file is whole or not there."""
    file = folder / FOLDER / f"{suite.suite}.json"
    write_atomically(file, Kept(fingerprint=fingerprint, suite=suite).model_dump_json())


def kept(name: str, folder: Path, fingerprint: str) -> SuiteReport | None:
    """None where there is none, or one of other options, data, corpus or code, one that cannot be read, or one that is
    timed: its minute is over."""
    file = folder / FOLDER / f"{name}.json"
    try:
        found = Kept.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
    return found.suite if found.fingerprint == fingerprint and not found.suite.timed else None
