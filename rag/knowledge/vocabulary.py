"""The vocabulary: the facts a policy may ask about, named conditions, derivations and scopes (``vocabulary.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.criteria.policy import FactSpec
from rag.criteria.rules import Compare, Leaf, Member, Rule, RuleError, leaves
from rag.criteria.values import FactType, Value
from rag.knowledge.fact_values import read_value
from rag.knowledge.rule_reader import read_rule

Place = list[str | int]

VOCABULARY_NAME = "vocabulary.yaml"
_QUANTITIES = ("percent", "duration", "count", "score")


@dataclass(frozen=True)
class Condition:
    """A rule with a name, for ``when:`` guards."""

    label: str
    rule: Rule


@dataclass(frozen=True)
class Derivation:
    """Where ``when`` is certainly true, ``fact`` has ``value``; ``reason`` says why, for the reader."""

    fact: str
    value: Value
    when: Rule
    reason: str


@dataclass(frozen=True)
class Scope:
    """Facts beginning with ``prefix`` say nothing where the fact ``unless_false`` is false; ``keep`` still counts."""

    prefix: str
    unless_false: str
    keep: tuple[str, ...]


@dataclass(frozen=True)
class Distinction:
    """Two facts easily taken for each other: ``shown`` says nothing about ``not_shown``; ``reason`` says so."""

    shown: str
    not_shown: str
    reason: str


@dataclass(frozen=True)
class PlainWords:
    """A fact's label and question for patients and families."""

    label: str
    question: str


@dataclass(frozen=True)
class Vocabulary:
    """``order`` is the place of each fact in the file; questions are asked in it when nothing else decides.

    ``plain``: facts in plain words, by id; ``plain_families``: procedure families of ``codes.yaml`` likewise.
    """

    facts: Mapping[str, FactSpec]
    conditions: Mapping[str, Condition]
    derivations: tuple[Derivation, ...]
    scopes: tuple[Scope, ...]
    distinctions: tuple[Distinction, ...] = ()
    order: Mapping[str, int] = field(default_factory=dict)
    plain: Mapping[str, PlainWords] = field(default_factory=dict)
    plain_families: Mapping[str, str] = field(default_factory=dict)

    def plain_words(self, fact: str) -> PlainWords:
        """The plain words of a fact, or its own where it has none."""
        spec = self.facts[fact]
        return self.plain.get(fact, PlainWords(spec.label, spec.question))

    @property
    def types(self) -> dict[str, FactType]:
        return {name: spec.type for name, spec in self.facts.items()}

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        return {name: spec.choices for name, spec in self.facts.items() if spec.choices}


class _RawFact(CorpusModel):
    type: FactType
    label: str
    question: str
    choices: tuple[str, ...] = ()


class _RawCondition(CorpusModel):
    label: str
    rule: Any


class _RawDerivation(CorpusModel):
    fact: str
    value: Any
    when: Any
    reason: str


class _RawScope(CorpusModel):
    prefix: str
    unless_false: str
    keep: tuple[str, ...] = ()


class _RawDistinction(CorpusModel):
    shown: str
    not_shown: str
    reason: str


class _RawPlainWords(CorpusModel):
    label: str
    question: str


class _RawPlain(CorpusModel):
    families: dict[str, str] = Field(default_factory=dict)
    facts: dict[str, _RawPlainWords] = Field(default_factory=dict)


class _RawVocabulary(CorpusModel):
    conditions: dict[str, _RawCondition]
    facts: dict[str, _RawFact]
    derivations: tuple[_RawDerivation, ...] = ()
    scopes: tuple[_RawScope, ...] = ()
    distinctions: tuple[_RawDistinction, ...] = ()
    plain: _RawPlain = _RawPlain()


def load_vocabulary(corpus: Path) -> Vocabulary:
    """Read ``corpus/vocabulary.yaml``. Raises ``CorpusErrors`` with every fault, each with its line."""
    document = load_yaml(corpus / VOCABULARY_NAME)
    raw = validate(_RawVocabulary, document)
    return _Reader(raw, document).read()


class _Reader:
    """Collects faults while it reads, so that an editor sees them all at once."""

    def __init__(self, raw: _RawVocabulary, document: YamlDocument) -> None:
        self.raw = raw
        self.document = document
        self.errors: list[CorpusError] = []
        self.facts = {
            name: FactSpec(id=name, type=fact.type, label=fact.label, question=fact.question, choices=fact.choices)
            for name, fact in raw.facts.items()
        }

    def read(self) -> Vocabulary:
        self._check_choices()
        conditions = {
            name: Condition(item.label, rule)
            for name, item in self.raw.conditions.items()
            if (rule := self._rule(item.rule, ["conditions", name, "rule"])) is not None
        }
        derivations = tuple(d for i in range(len(self.raw.derivations)) if (d := self._derivation(i)) is not None)
        scopes = tuple(self._scope(i) for i in range(len(self.raw.scopes)))
        distinctions = tuple(self._distinction(i) for i in range(len(self.raw.distinctions)))
        plain = {name: self._plain(name) for name in self.raw.plain.facts}
        if self.errors:
            raise CorpusErrors(self.errors)
        order = {name: place for place, name in enumerate(self.facts)}
        families = self.raw.plain.families
        return Vocabulary(self.facts, conditions, derivations, scopes, distinctions, order, plain, families)

    def _check_choices(self) -> None:
        for name, spec in self.facts.items():
            if (spec.type == "choice") != bool(spec.choices):
                problem = f"fact {name!r} of type {spec.type} " + ("has choices" if spec.choices else "has no choices")
                self._fault(["facts", name], problem, "Give `choices:` to a choice, and to nothing else")

    def _derivation(self, index: int) -> Derivation | None:
        raw = self.raw.derivations[index]
        place: Place = ["derivations", index]
        spec, when = self._spec(raw.fact, [*place, "fact"]), self._rule(raw.when, [*place, "when"])
        if spec is None or when is None:
            return None
        try:
            value = read_value(raw.value, spec)
        except ValueError as error:
            self._fault([*place, "value"], str(error), "Correct the value")
            return None
        if value is None:
            self._fault([*place, "value"], "a derivation of nothing", "Give a value")
            return None
        return Derivation(raw.fact, value, when, raw.reason)

    def _scope(self, index: int) -> Scope:
        raw = self.raw.scopes[index]
        place: Place = ["scopes", index]
        for name in (raw.unless_false, *raw.keep):
            self._spec(name, place)
        if not any(name.startswith(raw.prefix) for name in self.facts):
            self._fault([*place, "prefix"], f"no fact begins with {raw.prefix!r}", "Correct the prefix")
        return Scope(raw.prefix, raw.unless_false, raw.keep)

    def _distinction(self, index: int) -> Distinction:
        raw = self.raw.distinctions[index]
        for name in (raw.shown, raw.not_shown):
            self._spec(name, ["distinctions", index])
        return Distinction(raw.shown, raw.not_shown, raw.reason)

    def _plain(self, name: str) -> PlainWords:
        self._spec(name, ["plain", "facts", name])
        raw = self.raw.plain.facts[name]
        return PlainWords(raw.label, raw.question)

    def _rule(self, data: object, place: Place) -> Rule | None:
        try:
            rule = read_rule(data, str(place[-1]))
        except RuleError as error:
            self._fault(place, str(error), "Correct the rule")
            return None
        return rule if all(self._fits(leaf, place) for leaf in leaves(rule)) else None

    def _fits(self, leaf: Leaf, place: Place) -> bool:
        spec = self._spec(leaf.fact, place)
        if spec is None:
            return False
        fits = {Compare: spec.type in _QUANTITIES, Member: spec.type in ("choice", "codes")}
        if not fits.get(type(leaf), spec.type == "boolean"):
            self._fault(place, f"{str(leaf)!r} does not fit the {spec.type} {leaf.fact!r}", "Write a rule of its type")
            return False
        return True

    def _spec(self, name: str, place: Place) -> FactSpec | None:
        if name not in self.facts:
            self._fault(place, f"fact {name!r} is not declared", "Declare it under `facts:` or correct its name")
        return self.facts.get(name)

    def _fault(self, place: Place, problem: str, remedy: str) -> None:
        self.errors.append(self.document.error(place, problem, remedy))
