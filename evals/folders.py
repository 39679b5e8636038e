"""Where in a folder of outsiders' data each suite looks. The formats are described in ``evals/data/README.md``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rag.errors import UserError

#: Suites that share a kind of data share its folder.
FOLDERS: Mapping[str, str] = {
    "verdicts": "cases",
    "facts": "cases",
    "citations": "claims",
    "retrieval": "retrieval",
    "followups": "followups",
    "injection": "attacks",
    "identifiers": "identifiers",
    "audience": "audience",
    "repeatability": "repeatability",
}


def folder_of(suite: str, data: Path | None) -> Path | None:
    """The part of ``data`` that is for the suite: its own folder there; ``data`` itself where it has no such folders.

    Raises UserError for a folder that is not there.
    """
    if data is None:
        return None
    if not data.is_dir():
        raise UserError(f"There is no folder {data}. Give --data a folder that exists, or leave it out.")
    name = FOLDERS.get(suite)
    if name is None:
        return None
    inside = data / name
    if inside.is_dir():
        return inside
    return None if any((data / other).is_dir() for other in set(FOLDERS.values())) else data
