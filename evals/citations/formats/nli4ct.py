"""NLI4CT (SemEval-2024 task 2): statements on one section of one or two clinical trials.

The passage is the lines of that section. With two trials, each one's lines stand under its role, because statements
speak of "the primary trial" and "the secondary trial".
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from evals.citations.formats.reading import PublicRow, read_json_lines
from evals.citations.halves import place
from evals.citations.pair import Pair, Unplaced
from ingest.front_matter import Text


class TrialSection(PublicRow):
    nct: Text
    role: Text
    lines: list[str]

    def in_words(self) -> str:
        return "\n".join((f"{self.role.capitalize()} trial:", *(line.strip() for line in self.lines)))


class Nli4ctRow(PublicRow):
    id: Text
    statement: Text
    section: Text
    label: Literal["Entailment", "Contradiction"]
    evidence: Annotated[list[TrialSection], Field(min_length=1)]


def read_nli4ct(file: Path) -> tuple[Pair, ...]:
    """Raises PairsError."""
    return place([_pair(row) for _, row in read_json_lines(Nli4ctRow, file)])


def _pair(row: Nli4ctRow) -> Unplaced:
    return Unplaced(
        id=row.id,
        claim=row.statement,
        passage="\n".join(section.in_words() for section in row.evidence),
        supported=row.label == "Entailment",
        kind=row.section,
        documents=tuple(section.nct for section in row.evidence),
        contradicted=row.label == "Contradiction",
    )
