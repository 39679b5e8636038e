"""Statements: matches of phrase rules with their context; of overlapping ones about one fact the longest stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rag.case.context import Scope, Span, kinds_at
from rag.case.masking import MaskedText
from rag.case.patterns import Expression
from rag.case.phrases import PhraseRule
from rag.criteria.values import Quantity

_OF_REQUESTS = ("plan", "question", "hypothesis", "uncertainty", "policy")


@dataclass(frozen=True)
class Passage:
    """The text being read: masked, cut into sentences, with the scopes of its context."""

    masked: MaskedText
    sentences: tuple[Span, ...]
    scopes: tuple[Scope, ...]

    @cached_property
    def lower(self) -> str:
        """Both forms of the masked text in small letters, for a look at its words."""
        return f"{self.masked.masked}\n{self.masked.marked}".lower()

    def sentence_of(self, place: int) -> int:
        """Number of the sentence that holds ``place``."""
        return max((n for n, (start, _) in enumerate(self.sentences) if start <= place), default=0)

    def kinds(self, span: Span, ignoring: Iterable[str]) -> frozenset[str]:
        return kinds_at(self.scopes, span) - frozenset(ignoring)


@dataclass(frozen=True)
class Statement:
    """One match of one rule. ``kinds`` is the context it stands in, less what the rule ignores."""

    rule: PhraseRule
    match: re.Match[str]
    kinds: frozenset[str]
    sentence: int

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def is_reading(self) -> bool:
        """Whether the value is our reading of a word."""
        return self.rule.raw.reason is not None

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


def find_statements(rules: Iterable[PhraseRule], passage: Passage) -> list[Statement]:
    """All statements of the rules, in the order of the text."""
    whole = f"{passage.masked.masked}\n{passage.masked.text}"
    present = {token.kind for token in passage.masked.tokens}
    found: list[Statement] = []
    for rule in rules:
        if rule.reads and present.isdisjoint(rule.reads):
            continue
        if not any(expression.may_match(passage.lower) for expression in rule.patterns):
            continue
        if not _allowed(rule.if_text, rule.unless_text, whole):
            continue
        for number, (start, end) in enumerate(passage.sentences):
            if _allowed(rule.if_sentence, rule.unless_sentence, passage.masked.marked[start:end]):
                found += _in_sentence(rule, passage, number)
    return sorted(_longest(found), key=lambda statement: (statement.start, -statement.length))


def _allowed(needed: Expression | None, barred: Expression | None, text: str) -> bool:
    if needed is not None and needed.pattern.search(text) is None:
        return False
    return barred is None or barred.pattern.search(text) is None


def _in_sentence(rule: PhraseRule, passage: Passage, number: int) -> list[Statement]:
    span = passage.sentences[number]
    text = passage.masked.masked if rule.raw.about == "request" else passage.masked.marked
    return [
        Statement(rule, match, passage.kinds(match.span(), _ignored(rule)), number)
        for expression in rule.patterns
        if expression.may_match(passage.lower)
        for match in expression.pattern.finditer(text, *span)
        if rule.window is None or _window_fits(rule.window, match, passage.masked)
    ]


def _ignored(rule: PhraseRule) -> tuple[str, ...]:
    """A request is a plan and often a question; whether its mention counts at all is decided for the mention."""
    within_mention = rule.raw.about == "request" and not rule.raw.loose
    return (*rule.raw.ignores, *_OF_REQUESTS) if within_mention else rule.raw.ignores


def _window_fits(window: Quantity, match: re.Match[str], masked: MaskedText) -> bool:
    """ "In the last 12 months" and "in the last year" name the same window; a window without a number fits."""
    found = masked.quantity_at(match.start("window")) if match["window"] else None
    return found is None or _months(found) == _months(window)


def _months(duration: Quantity) -> tuple[float, float, str]:
    low, high = duration.bounds
    return (low * 12, high * 12, "months") if duration.unit == "years" else (low, high, duration.unit)


def _longest(statements: list[Statement]) -> list[Statement]:
    """Statements that share an amount, or overlap about the same fact, compete: the longest says it best.

    A number and a word for it ("minimal relief (20 %)") both stay: together they agree or contradict each other.
    """
    kept: list[Statement] = []
    for statement in sorted(statements, key=lambda s: (s.is_reading, -s.length, s.start)):
        if not any(_compete(statement, other) for other in kept):
            kept.append(statement)
    return kept


def _compete(one: Statement, other: Statement) -> bool:
    shares = one.rule.raw.shares or other.rule.raw.shares
    if not shares and _amounts(one) & _amounts(other):
        return True
    if other.rule.raw.claims and any(other.start <= start and end <= other.end for start, end in _amounts(one)):
        return True
    same = one.rule.raw.fact == other.rule.raw.fact and one.rule.raw.topic == other.rule.raw.topic
    return same and one.overlaps(other.start, other.end) and not _word_and_number(one, other)


def _word_and_number(one: Statement, other: Statement) -> bool:
    reading, read = sorted((one, other), key=lambda statement: not statement.is_reading)
    return reading.is_reading and reading.rule.value is not None and read.rule.raw.read is not None


def _amounts(statement: Statement) -> set[Span]:
    """Places of the amounts the statement reads."""
    return {statement.match.span(name) for name in statement.match.re.groupindex if statement.match[name] is not None}
