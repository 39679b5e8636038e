"""The tables of the second rater: flat YAML, written from the words of the policies, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from evals.verdicts.second_values import COMPARISON
from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel, Effective, Text
from ingest.strict_yaml import load_yaml, validate

#: What words and codes mean, whatever the policy.
MEANINGS = "meanings.yaml"


def _comparison(text: str) -> str:
    if not COMPARISON.fullmatch(text):
        raise ValueError(f'{text!r} is no comparison; write it as in "pain.score >= 6" or "imaging.concordant is true"')
    return text


Rows = tuple[tuple[Annotated[str, AfterValidator(_comparison)], ...], ...]


class Need(CorpusModel):
    """Something the policy asks for, or forbids, with the section that says so.

    ``any`` has to hold wherever ``if`` does and, for a limit that only a record can raise, wherever ``raised_by``
    does: there silence raises nothing. Rows are an OR of ANDs; no row in ``any``: never allowed. ``breach``:
    what the request is where it does not hold; ``needs_policy_check`` marks what is not confirmed.
    ``from`` and ``to``: first and last day of service it holds for.
    """

    name: Text
    source: Annotated[str, Field(pattern=r"^[a-z0-9-]*#[a-z0-9-]+$")]
    applies: Rows = Field(default=((),), alias="if")
    raised_by: Rows = ((),)
    rows: Rows = Field(alias="any")
    breach: Literal["criteria_not_met", "not_covered", "needs_policy_check"] = "criteria_not_met"
    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Window(Effective):
    """``best``: what a request that satisfies every need is, by how much of the text is known."""

    best: Literal["criteria_met", "needs_policy_check"]


class Table(CorpusModel):
    """``scope``: the requests it speaks of. ``like``: table whose needs hold too, unless one of that name is here."""

    policy: Text
    scope: Rows
    windows: tuple[Window, ...] = Field(min_length=1)
    like: str | None = None
    needs: tuple[Need, ...] = ()


class Meaning(CorpusModel):
    """Facts that follow from others; what the record states wins, unless ``overrides``."""

    applies: Rows = Field(alias="if")
    means: dict[str, Any]
    overrides: bool = False
    because: Text


class MeaningFile(CorpusModel):
    meanings: tuple[Meaning, ...]


def load_meanings(folder: Path) -> tuple[Meaning, ...]:
    return validate(MeaningFile, load_yaml(folder / MEANINGS)).meanings


def load_tables(folder: Path) -> Mapping[str, Table]:
    """By policy, with what is ``like`` another table written out. Raises CorpusError or CorpusErrors."""
    tables = {file.stem: _read(file) for file in sorted(folder.glob("*.yaml")) if file.name != MEANINGS}
    missing = [
        CorpusError(folder / f"{name}.yaml", 1, f"`like` names {table.like!r}, which has no table", "Correct the name")
        for name, table in tables.items()
        if table.like and table.like not in tables
    ]
    if missing:
        raise CorpusErrors(missing)
    return {name: _filled(table, tables) for name, table in tables.items()}


def _read(file: Path) -> Table:
    yaml = load_yaml(file)
    table = validate(Table, yaml)
    names = [need.name for need in table.needs]
    if table.policy != file.stem:
        raise yaml.error(("policy",), f"`policy` is {table.policy!r} in {file.name}", "Name the file after the policy")
    if len(set(names)) < len(names):
        raise yaml.error(("needs",), "two needs share a name", "Give each need a name of its own")
    return table


def _filled(table: Table, tables: Mapping[str, Table]) -> Table:
    if table.like is None:
        return table
    own = {need.name for need in table.needs}
    others = [_of(table.like, need) for need in tables[table.like].needs if need.name not in own]
    return table.model_copy(update={"needs": (*others, *table.needs)})


def _of(policy: str, need: Need) -> Need:
    """The section stays that of the policy it was written for."""
    source = f"{policy}{need.source}" if need.source.startswith("#") else need.source
    return need.model_copy(update={"source": source})
