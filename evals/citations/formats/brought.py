"""Pairs somebody brings: one JSON object a line, in a file whose name ends in ``.jsonl``.

    {"claim": "Relief lasted 3 months.", "passage": "Relief of at least 3 months ...", "label": "supported"}

``label`` is ``supported``, ``unsupported`` (the passage does not say it) or ``contradicted`` (it says otherwise).
Other keys are refused. The half is a hash of the passage.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from evals.citations.formats.reading import read_json_lines
from evals.citations.halves import place
from evals.citations.pair import Pair, Unplaced
from ingest.front_matter import CorpusModel, Text


class BroughtRow(CorpusModel):
    claim: Text
    passage: Text
    label: Literal["supported", "unsupported", "contradicted"]


def read_brought(file: Path) -> tuple[Pair, ...]:
    """Raises PairsError."""
    return place([_pair(number, row) for number, row in read_json_lines(BroughtRow, file)])


def _pair(number: int, row: BroughtRow) -> Unplaced:
    return Unplaced(
        id=f"line-{number}",
        claim=row.claim,
        passage=row.passage,
        supported=row.label == "supported",
        kind=row.label,
        documents=(row.passage,),
        contradicted=row.label == "contradicted",
    )
