"""A scripted thread: what the user says or fills in, turn by turn, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field, field_validator, model_validator

from evals.citations.halves import half_of
from evals.citations.pair import Half
from ingest.front_matter import CorpusModel, Text
from rag.article.models import Audience
from rag.criteria.determination import Record, Status
from rag.followup.models import TurnKind

#: Kinds of turn after which the facts on the record are those before it.
KEEPING = frozenset(
    {
        TurnKind.HYPOTHETICAL,
        TurnKind.SELECTION,
        TurnKind.AUDIENCE,
        TurnKind.EXPLANATION,
        TurnKind.TOPIC,
        TurnKind.REFUSAL,
        TurnKind.UNCLEAR,
    }
)


class Pick(CorpusModel):
    """What is set in the pickers; what is not named stays."""

    on: date | None = None
    payer: str | None = None
    policy: str | None = None
    state: str | None = None
    record: Record | None = None
    audience: Audience | None = None


def _listed(given: Any) -> Any:
    return given if isinstance(given, list | tuple) else [given]


class ScriptedTurn(CorpusModel):
    """One message, and what it must lead to; what is not named is not judged.

    ``say``, ``note``, ``fill`` (beside the ``base`` of that name) and ``pick`` are the message. ``kind``: one, or
    several where more than one reading is fair. ``fails``: it has values that cannot be used. ``facts``: what the
    record says after it, by fact id as in a facts file (null: not documented). ``untouched``: facts it must not change.
    ``statuses``: by policy id, after it or under what it supposes; null: not decided. ``payers``: those, and no others,
    whose policies are decided. ``supposes``: words its supposition must show. ``focus``: sections, one of which must
    come first. ``asks``: facts the answer must ask for. ``because``: why it is labelled so.
    """

    say: str = ""
    note: str | None = None
    base: str | None = None
    fill: dict[str, Any] | None = None
    pick: Pick | None = None
    kind: tuple[TurnKind, ...]
    fails: bool = False
    facts: dict[str, Any] = Field(default_factory=dict)
    untouched: tuple[str, ...] = ()
    statuses: dict[str, tuple[Status | None, ...]] = Field(default_factory=dict)
    payers: tuple[str, ...] = ()
    supposes: tuple[str, ...] = ()
    audience: Audience | None = None
    focus: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    because: str | None = None

    _kinds = field_validator("kind", mode="before")(_listed)

    @field_validator("statuses", mode="before")
    @classmethod
    def _one_or_several(cls, given: Any) -> Any:
        return {name: _listed(status) for name, status in given.items()} if isinstance(given, Mapping) else given

    @model_validator(mode="after")
    def _does_something(self) -> ScriptedTurn:
        if not (self.say or self.note or self.base or self.fill or self.pick):
            raise ValueError("the turn says nothing, fills nothing in and picks nothing")
        return self

    @property
    def keeps_facts(self) -> bool:
        return self.fails or set(self.kind) <= KEEPING

    @property
    def supposing(self) -> bool:
        return self.kind == (TurnKind.HYPOTHETICAL,)

    @property
    def refused(self) -> bool:
        return not self.fails and self.kind == (TurnKind.REFUSAL,)

    @property
    def said(self) -> str:
        """The message in words."""
        filled = [f"{name} = {value}" for name, value in (self.fill or {}).items()]
        picked = [f"{name}: {value}" for name, value in self.pick.model_dump().items() if value] if self.pick else []
        return "; ".join(part for part in (self.say, self.note or "", *filled, *picked) if part)


class Thread(CorpusModel):
    """``on``: date of service the pickers show at first."""

    name: Text
    on: date
    turns: tuple[ScriptedTurn, ...] = Field(min_length=1)

    @property
    def half(self) -> Half:
        return half_of(self.name)


class ScriptFile(CorpusModel):
    threads: tuple[Thread, ...]


class BaseFile(CorpusModel):
    """Sets of facts that several threads fill in, by name."""

    bases: dict[str, dict[str, Any]]
