"""The labelled pairs by set: the project's own, and those of a folder somebody names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals.citations.formats.brought import read_brought
from evals.citations.formats.expertqa import read_expertqa
from evals.citations.formats.healthver import read_healthver
from evals.citations.formats.nli4ct import read_nli4ct
from evals.citations.formats.own import read_own
from evals.citations.formats.scifact import read_scifact
from evals.citations.pair import Half, Pair
from rag.errors import UserError

__all__ = ["OWN", "OWN_FILE", "PUBLIC", "Half", "Pair", "absent_sets", "load_sets"]

OWN = "own"
OWN_FILE = Path(__file__).resolve().parents[1] / "data" / "citations" / "pairs.jsonl"

Sets = dict[str, tuple[Pair, ...]]


@dataclass(frozen=True)
class PublicSet:
    """``pattern``: how its files are named in the folder; a set is named after its file, less the ending."""

    name: str
    pattern: str
    read: Callable[[Path], tuple[Pair, ...]]


PUBLIC = (
    PublicSet("SciFact", "scifact_*.jsonl", read_scifact),
    PublicSet("NLI4CT", "nli4ct_*.jsonl", read_nli4ct),
    PublicSet("HealthVer", "healthver_*.csv", read_healthver),
    PublicSet("ExpertQA", "expertqa_*.jsonl", read_expertqa),
)


def load_sets(data: Path | None, *, own: Path = OWN_FILE) -> Sets:
    """The own set, then those of the folder ``data``: public ones, then any other ``*.jsonl``, by its whole name.

    Raises PairsError for a file that cannot be read, UserError for a folder that is not there.
    """
    sets: Sets = {OWN: read_own(own)} if own.is_file() else {}
    if data is None:
        return sets
    if not data.is_dir():
        raise UserError(f"There is no folder {data}. Give --data a folder that exists, or leave it out.")
    known: set[Path] = {data / "corpus.jsonl"}  # abstracts, not claims
    for public in PUBLIC:
        for file in sorted(data.glob(public.pattern)):
            sets[file.stem] = public.read(file)
            known.add(file)
    others = (file for file in sorted(data.glob("*.jsonl")) if file not in known)
    return sets | {file.name: read_brought(file) for file in others}


def absent_sets(data: Path | None, *, own: Path = OWN_FILE) -> tuple[str, ...]:
    """A remark on each set that is known and not there."""
    missing = [] if own.is_file() else [f"The project's own {own.name} is not there: no figures for the set {OWN}."]
    if data is None:
        return (*missing, "No --data folder: only the project's own pairs are measured.")
    absent = [one for one in PUBLIC if not any(data.glob(one.pattern))]
    return (*missing, *(f"No {one.pattern} in the --data folder: {one.name} is not measured." for one in absent))
