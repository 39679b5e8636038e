"""A point on which guidelines or evidence and policies do not say the same, and whether it arises in a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ingest.documents import Document, Section
from ingest.front_matter import Effective
from rag.criteria.decide import CODE_FACT
from rag.criteria.exact import outcomes
from rag.criteria.rules import Rule
from rag.criteria.values import Codes, OneOf, Value
from rag.knowledge.codes import CodeBook
from rag.knowledge.vocabulary import Vocabulary

REGION_FACT, APPROACH_FACT = "procedure.region", "procedure.approach"
_POLICY_KIND = "policy"


@dataclass(frozen=True)
class Side:
    """What one document says: ``document.section(anchor).text[start:end] == quote``; ``says`` in own words."""

    document: Document
    section: Section
    quote: str
    start: int
    says: str
    effective: Effective

    @property
    def source(self) -> str:
        return f"{self.document.id}#{self.section.anchor}"

    @property
    def is_policy(self) -> bool:
        return self.document.kind == _POLICY_KIND

    def holds_on(self, day: date) -> bool:
        """Whether the document, and what is quoted of it, are in force on ``day``."""
        return self.document.effective.covers(day) and self.effective.covers(day)


@dataclass(frozen=True)
class Conflict:
    """``regions`` and ``approaches``: where the point arises, everywhere if none is named."""

    id: str
    point: str
    family: str
    regions: frozenset[str]
    approaches: frozenset[str]
    when: Rule | None
    unless: Rule | None
    sides: tuple[Side, ...]

    def arises(self, values: Mapping[str, Value], vocabulary: Vocabulary, codes: CodeBook) -> bool:
        """Whether the point is one for a case with these facts: an unknown place or procedure rules nothing out."""
        return (
            self._is_of_family(values.get(CODE_FACT), codes)
            and _may_be(values.get(REGION_FACT), self.regions)
            and _may_be(values.get(APPROACH_FACT), self.approaches)
            and (self.when is None or _is_shown(self.when, values, vocabulary))
            and not (self.unless and _is_shown(self.unless, values, vocabulary))
        )

    def _is_of_family(self, requested: Value | None, codes: CodeBook) -> bool:
        named = requested.given if isinstance(requested, Codes) else _options(requested)
        families = {family.id for code in named if (family := codes.family_of(code))}
        return not families or self.family in families


def _may_be(value: Value | None, wanted: frozenset[str]) -> bool:
    return not wanted or not _options(value) or bool(wanted & _options(value))


def _options(value: Value | None) -> frozenset[str]:
    return value.options if isinstance(value, OneOf) else frozenset()


def _is_shown(rule: Rule, values: Mapping[str, Value], vocabulary: Vocabulary) -> bool:
    return outcomes(rule, values, vocabulary.types, vocabulary.choices) == {True}
