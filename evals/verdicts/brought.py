"""Cases somebody brings: one JSON object a line, in files ``*.jsonl`` of one folder.

    {"id": "p1", "policy": "example-policy", "on": "2026-11-22", "text": "...", "facts": {"pain.score": 7},
     "status": "criteria_not_met"}

``text``, ``facts`` or both; ``because`` is free. Other keys are refused.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import model_validator

from evals.citations.formats.reading import PairsError, read_json_lines
from evals.verdicts.case import VerdictCase
from ingest.errors import CorpusError
from ingest.front_matter import CorpusModel, Text
from rag.case.facts_file import FactsError, read_facts
from rag.criteria.determination import Status
from rag.knowledge.library import Knowledge


class BroughtCase(CorpusModel):
    id: Text
    policy: Text
    on: date
    status: Status
    text: Text | None = None
    facts: dict[str, Any] | None = None
    because: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> BroughtCase:
        if self.text is None and self.facts is None:
            raise ValueError("the case has neither `text` nor `facts`")
        return self


def brought_cases(folder: Path, knowledge: Knowledge) -> tuple[VerdictCase, ...]:
    """Raises PairsError with file, line and remedy of every fault."""
    return tuple(case for file in sorted(folder.glob("*.jsonl")) for case in _read(file, knowledge))


def _read(file: Path, knowledge: Knowledge) -> list[VerdictCase]:
    rows = read_json_lines(BroughtCase, file)
    faults = [fault for line, row in rows if (fault := _fault(row, file, line, knowledge))]
    seen: set[str] = set()
    for line, row in rows:
        if row.id in seen:
            faults.append(CorpusError(file, line, f"the id {row.id!r} is there twice", "Give each case its own id"))
        seen.add(row.id)
    if faults:
        raise PairsError(faults)
    return [_case(file, row) for _, row in rows]


def _fault(row: BroughtCase, file: Path, line: int, knowledge: Knowledge) -> CorpusError | None:
    if row.policy not in knowledge.policies:
        known = ", ".join(knowledge.policies)
        return CorpusError(file, line, f"there is no policy {row.policy!r}", f"Policies: {known}")
    try:
        read_facts(row.facts or {}, knowledge.vocabulary)
    except FactsError as error:
        return CorpusError(file, line, str(error), "Correct the fact")
    return None


def _case(file: Path, row: BroughtCase) -> VerdictCase:
    name = f"{file.stem}/{row.id}"
    return VerdictCase(
        id=name,
        group=name,
        policy=row.policy,
        on=row.on,
        status=row.status,
        because=row.because,
        text=row.text,
        facts=row.facts,
        source=file.name,
    )
