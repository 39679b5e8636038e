"""HealthVer: claims on COVID-19 beside sentences of research papers. The half is a hash of those sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from evals.citations.formats.reading import PublicRow, read_csv
from evals.citations.halves import place
from evals.citations.pair import Pair, Unplaced
from ingest.front_matter import Text


class HealthverRow(PublicRow):
    id: Text
    evidence: Text
    claim: Text
    label: Literal["Supports", "Refutes", "Neutral"]


def read_healthver(file: Path) -> tuple[Pair, ...]:
    """Raises PairsError."""
    return place([_pair(row) for _, row in read_csv(HealthverRow, file)])


def _pair(row: HealthverRow) -> Unplaced:
    return Unplaced(
        id=row.id,
        claim=row.claim,
        passage=row.evidence,
        supported=row.label == "Supports",
        kind=row.label,
        documents=(row.evidence,),
        contradicted=row.label == "Refutes",
    )
