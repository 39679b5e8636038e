"""A policy as the engine sees it: versions with windows, criteria with sources, rules over declared facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rag.criteria.rules import Rule
from rag.criteria.values import FactType


class Decides(StrEnum):
    """When a criterion bears on the verdict (see corpus/README.md)."""

    ALWAYS = "always"
    WHEN_RAISED = "when_raised"
    NEVER = "never"


class Basis(StrEnum):
    """How a statement was confirmed."""

    PUBLISHER = "publisher"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class FactSpec:
    """A fact a policy may ask about, as the vocabulary declares it."""

    id: str
    type: FactType
    label: str
    question: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """Days on which something is in force, both ends included; ``None`` is open."""

    start: date | None
    end: date | None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def __str__(self) -> str:
        if self.start is None and self.end is None:
            return "dates not known"
        start = f"from {self.start}" if self.start else "start not known"
        return start + (f" to {self.end}" if self.end else "")


@dataclass(frozen=True)
class Exception_:  # noqa: N801 - the policy language calls it an exception
    """A stated exception: where its rule holds, the criterion is met."""

    label: str
    rule: Rule
    source: str | None = None
    quote: str | None = None


@dataclass(frozen=True)
class Criterion:
    """One criterion. ``source`` is ``document-id#anchor``; ``quote`` occurs in that section."""

    id: str
    label: str
    source: str
    quote: str
    basis: Basis
    rule: Rule
    when: Rule | None = None
    when_label: str | None = None
    decides: Decides = Decides.ALWAYS
    excludes: bool = False
    alternative_to: str | None = None
    exception: Exception_ | None = None
    note: str | None = None


@dataclass(frozen=True)
class Version:
    """The text in force in one window. ``complete`` is false when the digest does not hold the whole policy."""

    version: str
    window: Window
    complete: bool
    complete_note: str | None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Difference:
    """A point in which a member of a family departs from the shared text."""

    policy_id: str
    point: str
    text: str
    source: str


@dataclass(frozen=True)
class Policy:
    """A policy, its versions in order of time, and the facts its rules speak of."""

    id: str
    title: str
    payer: str
    payer_name: str
    codes: frozenset[str]
    versions: tuple[Version, ...]
    facts: dict[str, FactSpec]
    states: tuple[str, ...] = ()
    family: str | None = None
    differences: tuple[Difference, ...] = field(default=())

    def on(self, day: date) -> Version | None:
        """The version in force on ``day``; the loader has made sure that there is at most one."""
        return next((version for version in self.versions if day in version.window), None)

    @property
    def types(self) -> dict[str, FactType]:
        return {fact: spec.type for fact, spec in self.facts.items()}

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        return {fact: spec.choices for fact, spec in self.facts.items()}
