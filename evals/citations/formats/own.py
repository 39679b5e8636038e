"""The project's own pairs: claims on sections of the corpus, one JSON object a line.

Keys: ``id``, ``claim``, ``passage``, ``source`` (``document-id#anchor``), ``label`` (``supported`` or
``unsupported``), ``kind`` (what the pair tries), ``group`` (pairs that differ little, or null), ``half``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from evals.citations.formats.reading import PairsError, Rows, read_json_lines
from evals.citations.pair import Half, Pair
from ingest.errors import CorpusError
from ingest.front_matter import CorpusModel, Text

#: Kinds whose claims say otherwise than the passage; the others say more than it.
CONTRADICTING = frozenset({"number", "comparator", "polarity", "version"})


class OwnRow(CorpusModel):
    id: Text
    claim: Text
    passage: Text
    source: Text
    label: Literal["supported", "unsupported"]
    kind: Text
    group: Text | None
    half: Half


def read_own(file: Path) -> tuple[Pair, ...]:
    """Raises PairsError; also for an id that is repeated and for a group in both halves."""
    rows = read_json_lines(OwnRow, file)
    if faults := [*_repeated_ids(rows, file), *_torn_groups(rows, file)]:
        raise PairsError(faults)
    return tuple(_pair(row) for _, row in rows)


def _pair(row: OwnRow) -> Pair:
    return Pair(
        id=row.id,
        claim=row.claim,
        passage=row.passage,
        supported=row.label == "supported",
        kind=row.kind,
        half=row.half,
        source=row.source,
        contradicted=row.label == "unsupported" and row.kind in CONTRADICTING,
    )


def _repeated_ids(rows: Rows[OwnRow], file: Path) -> list[CorpusError]:
    seen: dict[str, int] = {}
    return [
        CorpusError(file, line, f"the id {row.id} stands at line {seen[row.id]} too", "Give each pair its own")
        for line, row in rows
        if seen.setdefault(row.id, line) != line
    ]


def _torn_groups(rows: Rows[OwnRow], file: Path) -> list[CorpusError]:
    first: dict[str, OwnRow] = {}
    return [
        CorpusError(file, line, f"the group {row.group} is in both halves", f"Put it into {first[row.group].half}")
        for line, row in rows
        if row.group is not None and first.setdefault(row.group, row).half != row.half
    ]
