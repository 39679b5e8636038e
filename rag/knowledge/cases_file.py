"""Worked cases: ``cases.yaml`` beside each policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from ingest.front_matter import CorpusModel
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.criteria.determination import CriterionStatus, Record, Status

CASES_NAME = "cases.yaml"


class Expectation(CorpusModel):
    status: Status | None = None
    criteria: dict[str, CriterionStatus] = Field(default_factory=dict)


class RawCase(CorpusModel):
    name: str
    on: date
    base: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    text: str | None = None
    record: Record = Record.OPEN
    expect: Expectation


class RawMissing(CorpusModel):
    base: str
    on: date
    expect: Status
    exceptions: dict[str, Status] = Field(default_factory=dict, alias="except")


class RawCases(CorpusModel):
    bases: dict[str, dict[str, Any]] = Field(default_factory=dict)
    cases: tuple[RawCase, ...]
    missing_in_turn: tuple[RawMissing, ...] = ()


@dataclass(frozen=True)
class WorkedCase:
    """One case ready to run: raw facts (as in a facts file) or a text, and what must come out."""

    policy_id: str
    name: str
    on: date
    facts: Mapping[str, Any]
    text: str | None
    record: Record
    expect: Expectation
    line: int


def load_cases(root: Path, policy_id: str) -> tuple[tuple[WorkedCase, ...], YamlDocument] | None:
    """The policy's cases, bases and turns written out; ``None`` when it has no cases file."""
    file = root / "policies" / policy_id / CASES_NAME
    if not file.is_file():
        return None
    yaml = load_yaml(file)
    raw = validate(RawCases, yaml)
    found = [_case(policy_id, raw, yaml, i) for i in range(len(raw.cases))]
    for index in range(len(raw.missing_in_turn)):
        found += _turns(policy_id, raw, yaml, index)
    return tuple(found), yaml


def _base(raw: RawCases, yaml: YamlDocument, name: str | None, place: list[str | int]) -> dict[str, Any]:
    if name is None:
        return {}
    if name not in raw.bases:
        known = ", ".join(raw.bases) or "none"
        raise yaml.error(place, f"no base {name!r}", f"Known bases: {known}")
    return dict(raw.bases[name])


def _case(policy_id: str, raw: RawCases, yaml: YamlDocument, index: int) -> WorkedCase:
    case = raw.cases[index]
    facts = _base(raw, yaml, case.base, ["cases", index, "base"]) | case.facts
    given = {fact: value for fact, value in facts.items() if value is not None}
    line = yaml.line_of(["cases", index])
    return WorkedCase(policy_id, case.name, case.on, given, case.text, case.record, case.expect, line)


def _turns(policy_id: str, raw: RawCases, yaml: YamlDocument, index: int) -> list[WorkedCase]:
    turn = raw.missing_in_turn[index]
    base = _base(raw, yaml, turn.base, ["missing_in_turn", index, "base"])
    line = yaml.line_of(["missing_in_turn", index])
    unknown = set(turn.exceptions) - set(base)
    if unknown:
        problem = f"{sorted(unknown)[0]!r} is not in the base {turn.base!r}"
        raise yaml.error(["missing_in_turn", index, "except"], problem, "Name facts of the base")
    return [
        WorkedCase(
            policy_id=policy_id,
            name=f"{turn.base} without {fact}",
            on=turn.on,
            facts={other: value for other, value in base.items() if other != fact and value is not None},
            text=None,
            record=Record.OPEN,
            expect=Expectation(status=turn.exceptions.get(fact, turn.expect)),
            line=line,
        )
        for fact in base
    ]
