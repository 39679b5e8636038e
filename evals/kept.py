"""Suites that are done, kept in the folder of a run, so that a break costs only the suite it fell into."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.frame.models import SuiteReport

FOLDER = "suites"


class Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    suite: SuiteReport


def keep(suite: SuiteReport, folder: Path, fingerprint: str) -> None:
    """Written beside and moved into place: a file is whole or not there."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{suite.suite}.json"
    beside = file.with_suffix(".part")
    beside.write_text(Kept(fingerprint=fingerprint, suite=suite).model_dump_json(), encoding="utf-8")
    beside.replace(file)


def kept(name: str, folder: Path, fingerprint: str) -> SuiteReport | None:
    """None where there is none, or one of other options, data, corpus or code, or one that cannot be read."""
    file = folder / FOLDER / f"{name}.json"
    try:
        found = Kept.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
    return found.suite if found.fingerprint == fingerprint else None
