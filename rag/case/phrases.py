"""How people write facts: ``phrases.yaml`` as models, loaded strictly and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.case.masking import WordGroup, word_marks
from rag.case.models import Fact
from rag.case.number_words import Lexical, NumberWords
from rag.case.patterns import Compiler, Expression, PatternError
from rag.case.quantities import Amounts
from rag.criteria.policy import FactSpec
from rag.criteria.values import Quantity, Value, parse_quantity
from rag.knowledge.fact_values import read_value
from rag.knowledge.vocabulary import Vocabulary

MENTION = "mention"
PHRASES_NAME = "phrases.yaml"
_NEVER = re.compile("(?!)")
About = Literal["patient", "request", "prior"]
Topic = Literal["prior", "repeat", "other"]
Read = Literal["percent", "duration", "count", "score", "ordinal", "fall", "levels", "date"]


class RawRule(Lexical):
    """One way of saying one thing; the fields are described at the top of ``phrases.yaml``."""

    fact: str | None = None
    value: Any = None
    read: Read | None = None
    window: str | None = None
    less_one: bool = False
    about: About = "patient"
    loose: bool = False
    alone: bool = False
    topic: Topic | None = None
    through: bool = False
    claims: bool = False
    shares: bool = False
    located: bool = False
    negated: Literal["drop", "opposite", "keep"] = "drop"
    ignores: tuple[str, ...] = ()
    if_text: tuple[str, ...] = ()
    unless_text: tuple[str, ...] = ()
    if_sentence: tuple[str, ...] = ()
    unless_sentence: tuple[str, ...] = ()
    reason: str | None = None
    patterns: tuple[str, ...]


class RawPhrases(Lexical):
    amounts: NumberWords
    level_regions: dict[str, tuple[str, ...]]
    code_cues: tuple[str, ...]
    alternatives: tuple[str, ...]
    state_cues: tuple[str, ...]
    states: dict[str, str]
    service_date: tuple[str, ...]
    abbreviations: tuple[str, ...]
    marked: tuple[str, ...]
    mention: str
    link: str
    macros: dict[str, str]
    rules: tuple[RawRule, ...]


@dataclass(frozen=True)
class PhraseRule:
    """A rule ready to match. ``value`` is the fact's value, or ``None`` where it is read from the text."""

    raw: RawRule
    spec: FactSpec | None
    value: Value | None
    window: Quantity | None
    patterns: tuple[Expression, ...]
    if_text: Expression | None
    unless_text: Expression | None
    if_sentence: Expression | None
    unless_sentence: Expression | None

    @property
    def reads(self) -> tuple[str, ...]:
        """Kinds of token of which the text must have one for the rule to match."""
        match self.raw.read:
            case None | "ordinal":
                return ()
            case "fall":
                return ("percent", "score", "count")
            case "levels":
                return ("level",)
            case kind:
                return (kind,)


@dataclass(frozen=True)
class Phrases:
    """Everything lexical, compiled."""

    raw: RawPhrases
    amounts: Amounts
    ordinals: tuple[tuple[re.Pattern[str], int], ...]
    groups: tuple[WordGroup, ...]
    compiler: Compiler
    link: re.Pattern[str]
    code_cue: re.Pattern[str]
    alternative: re.Pattern[str]
    service_date: tuple[re.Pattern[str], ...]
    rules: tuple[PhraseRule, ...]

    def reason_for(self, fact: Fact) -> str | None:
        """Why a word stands for the value it was given, as the data says."""
        about = (rule for rule in self.rules if rule.raw.fact == fact.id and rule.raw.reason)
        return next((rule.raw.reason for rule in about if rule.value == fact.value), None)

    def ordinal(self, text: str) -> int | None:
        """The number of an ordinal ("third")."""
        return next((number for pattern, number in self.ordinals if pattern.fullmatch(text)), None)


def load_phrases(corpus: Path, vocabulary: Vocabulary, *, lazy: bool = False) -> Phrases:
    """Read ``corpus/phrases.yaml``. Raises ``CorpusErrors`` with every fault, each with its line.

    ``lazy``: patterns are compiled when first used, a third of the time; a faulty one raises its ``CorpusError`` then.
    """
    document = load_yaml(corpus / PHRASES_NAME)
    raw = validate(RawPhrases, document)
    return _Builder(raw, document, vocabulary, lazy=lazy).build()


class _Builder:
    def __init__(self, raw: RawPhrases, document: YamlDocument, vocabulary: Vocabulary, *, lazy: bool) -> None:
        self.raw = raw
        self.lazy = lazy
        self.document = document
        self.vocabulary = vocabulary
        self.errors: list[CorpusError] = []
        macros = raw.macros | {MENTION: raw.mention}
        marks = word_marks(raw.marked)
        self.whole = Compiler(macros)
        self.compiler = Compiler(macros, marks)
        self.groups = tuple(
            WordGroup(name, marks[name], self._pattern(f"{{{name}}}", ["marked", place], whole=True))
            for place, name in enumerate(raw.marked)
        )

    def build(self) -> Phrases:
        rules = tuple(self._rule(place, rule) for place, rule in enumerate(self.raw.rules))
        phrases = Phrases(
            raw=self.raw,
            amounts=Amounts(self.raw.amounts),
            ordinals=tuple((re.compile(word, re.I), n) for word, n in self.raw.amounts.ordinals.items()),
            groups=self.groups,
            compiler=self.compiler,
            link=self.compiler.compile_loose(self.raw.link),
            code_cue=self._pattern("|".join(self.raw.code_cues), ["code_cues"]),
            alternative=self._pattern("|".join(self.raw.alternatives), ["alternatives"]),
            service_date=tuple(self._pattern(p, ["service_date"]) for p in self.raw.service_date),
            rules=rules,
        )
        if self.errors:
            raise CorpusErrors(self.errors)
        return phrases

    def _rule(self, index: int, raw: RawRule) -> PhraseRule:
        place: list[str | int] = ["rules", index]
        spec = self._spec(raw, place)
        extra = {"value": self._captured(raw), "window": "(?P<window>{duration})"}
        return PhraseRule(
            raw=raw,
            spec=spec,
            value=self._value(raw, spec, place),
            window=parse_quantity(raw.window, "duration") if raw.window else None,
            patterns=tuple(
                self._expression(p, [*place, "patterns", i], whole=raw.about == "request", **extra)
                for i, p in enumerate(self._capturing(raw, place))
            ),
            if_text=self._any(raw.if_text, [*place, "if_text"], whole=True),
            unless_text=self._any(raw.unless_text, [*place, "unless_text"], whole=True),
            if_sentence=self._any(raw.if_sentence, [*place, "if_sentence"]),
            unless_sentence=self._any(raw.unless_sentence, [*place, "unless_sentence"]),
        )

    def _capturing(self, raw: RawRule, place: list[str | int]) -> tuple[str, ...]:
        """The patterns, after a look at whether they capture what the rule reads."""
        needed = {None: (), "fall": ("(?P<before>", "(?P<after>")}.get(raw.read, ("{value}",))
        for i, pattern in enumerate(raw.patterns):
            if missing := [capture for capture in needed if capture not in pattern]:
                self._fault([*place, "patterns", i], f"the pattern captures no {missing[0]}", "Mark the amount in it")
        return raw.patterns

    def _captured(self, raw: RawRule) -> str:
        match raw.read:
            case "ordinal":
                words = sorted(self.raw.amounts.ordinals, key=len, reverse=True)
                return f"(?P<value>{'|'.join(words)})"
            case None | "fall":
                return "(?!)"
            case "levels":
                return r"(?P<value>{level}(?:(?: ?, ?| ?/ ?| ?& ?| )(?:and |& ?)?{level})*)"
            case kind:
                return f"(?P<value>{{{kind}}})"

    def _spec(self, raw: RawRule, place: list[str | int]) -> FactSpec | None:
        if raw.fact is None:
            if raw.topic is None:
                self._fault(place, "the rule has neither a fact nor a topic", "Give it one")
            return None
        spec = self.vocabulary.facts.get(raw.fact)
        if spec is None:
            self._fault([*place, "fact"], f"fact {raw.fact!r} is not declared", "Declare it in vocabulary.yaml")
        elif (raw.value is None) == (raw.read is None):
            self._fault(place, f"the rule for {raw.fact!r} needs a value or `read:`", "Give exactly one of them")
        return spec

    def _value(self, raw: RawRule, spec: FactSpec | None, place: list[str | int]) -> Value | None:
        if spec is None or raw.value is None:
            return None
        try:
            return read_value(raw.value, spec)
        except ValueError as error:
            self._fault([*place, "value"], str(error), "Correct the value")
            return None

    def _any(self, patterns: tuple[str, ...], place: list[str | int], *, whole: bool = False) -> Expression | None:
        joined = "|".join(f"(?:{pattern})" for pattern in patterns)
        return self._expression(joined, place, whole=whole) if patterns else None

    def _expression(self, pattern: str, place: list[str | int], *, whole: bool, **extra: str) -> Expression:
        if not self.lazy:
            ready = self._pattern(pattern, place, whole=whole, **extra)
            return Expression(lambda: ready)
        needs = (self.whole if whole else self.compiler).needs(pattern)
        return Expression(lambda: self._now(pattern, place, whole=whole, **extra), needs)

    def _now(self, pattern: str, place: list[str | int], *, whole: bool, **extra: str) -> re.Pattern[str]:
        found = self._pattern(pattern, place, whole=whole, **extra)
        if self.errors:
            raise self.errors.pop()
        return found

    def _pattern(self, pattern: str, place: list[str | int], *, whole: bool = False, **extra: str) -> re.Pattern[str]:
        """``whole``: over text whose groups of words are not marked."""
        try:
            return (self.whole if whole else self.compiler).compile(pattern, **extra)
        except PatternError as error:
            self._fault(place, str(error), "Correct the pattern or declare the macro")
            return _NEVER

    def _fault(self, place: list[str | int], problem: str, remedy: str) -> None:
        self.errors.append(self.document.error(place, problem, remedy))
