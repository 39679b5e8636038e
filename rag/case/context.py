"""Context: which words change what a statement says, and how far they reach (``context.yaml``).

After the ConText algorithm (Harkema and others, 2009): a cue has a direction and a scope that ends at a
stop. Cues of the kind ``none`` only hide a shorter cue inside them ("let me know if").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import Field

from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import load_yaml, validate
from rag.case.number_words import Lexical
from rag.case.patterns import Compiler, Expression, PatternError

CONTEXT_NAME = "context.yaml"
NEGATION, NONE, QUESTION = "negation", "none", "question"
Span = tuple[int, int]


class RawCue(Lexical):
    """The fields are described at the top of ``context.yaml``."""

    kind: str
    direction: Literal["forward", "backward", "around"] = "forward"
    stops: tuple[str, ...] = ()
    words: int | None = None
    whole_words: bool = True
    patterns: tuple[str, ...]


class RawShortQuestion(Lexical):
    """``words``: the most such a sentence has; ``unless``: patterns of what it may not hold."""

    words: int
    unless: tuple[str, ...]


class RawContext(Lexical):
    kinds: dict[str, str]
    short_question: RawShortQuestion
    macros: dict[str, str] = Field(default_factory=dict)
    stops: dict[str, tuple[str, ...]]
    cues: tuple[RawCue, ...]


@dataclass(frozen=True)
class Cue:
    raw: RawCue
    expressions: tuple[Expression, ...]
    stop: Expression | None


@dataclass(frozen=True)
class Scope:
    """Statements inside ``[start, end)`` are of ``kind``, unless they contain the cue itself."""

    kind: str
    start: int
    end: int
    cue: Span


@dataclass(frozen=True)
class ContextRules:
    cues: tuple[Cue, ...]
    short_question: int
    not_asked: re.Pattern[str]

    def scopes(self, masked: str, sentences: tuple[Span, ...]) -> tuple[Scope, ...]:
        text = masked.lower()
        likely = [(cue, [e.pattern for e in cue.expressions if e.may_match(text)]) for cue in self.cues]
        found = [scope for sentence in sentences for scope in self._in_sentence(masked, sentence, likely)]
        return (*found, *(Scope(QUESTION, *s, (s[1], s[1] + 1)) for s in sentences if self._asks(masked, s)))

    def _asks(self, masked: str, sentence: Span) -> bool:
        """Whether it is a few words with a question mark ("Function better?")."""
        start, end = sentence
        few = len(masked[start:end].split()) <= self.short_question
        return few and masked.startswith("?", end) and self.not_asked.search(masked, start, end) is None

    @staticmethod
    def _in_sentence(masked: str, sentence: Span, likely: list[tuple[Cue, list[re.Pattern[str]]]]) -> list[Scope]:
        found = [
            (cue, match.span())
            for cue, patterns in likely
            for pattern in patterns
            for match in pattern.finditer(masked, *sentence)
        ]
        hiding = [span for cue, span in found if cue.raw.kind == NONE]
        shown = [
            (cue, span)
            for cue, span in found
            if span not in hiding and not any(_inside(span, other) for _, other in found)
        ]
        return [_scope(cue, span, masked, sentence) for cue, span in shown]


def scopes_at(scopes: tuple[Scope, ...], span: Span) -> list[Scope]:
    """The scopes a statement stands in; a cue inside the statement belongs to it and says nothing."""
    start, end = span
    return [
        scope
        for scope in scopes
        if scope.start < end and start < scope.end and not (start <= scope.cue[0] and scope.cue[1] <= end)
    ]


def kinds_at(scopes: tuple[Scope, ...], span: Span) -> frozenset[str]:
    """The kinds of context a statement stands in."""
    return frozenset(scope.kind for scope in scopes_at(scopes, span))


def load_context(corpus: Path, compiler: Compiler, *, lazy: bool = False) -> ContextRules:
    """Read ``corpus/context.yaml``; ``compiler`` knows the macros of the phrases file. Raises ``CorpusErrors``.

    ``lazy``: cues are compiled when first used; a faulty one raises its ``CorpusError`` then.
    """
    document = load_yaml(corpus / CONTEXT_NAME)
    raw = validate(RawContext, document)
    compiler = compiler.extended(raw.macros)
    errors: list[CorpusError] = []
    cues = []
    for place, cue in enumerate(raw.cues):
        try:
            fault = partial(document.error, ["cues", place], remedy="Correct the cue")
            cues.append(_compiled(cue, raw, compiler, fault=fault, lazy=lazy))
        except CorpusError as error:
            errors.append(error)
    if errors:
        raise CorpusErrors(errors)
    unless = "|".join(f"(?:{pattern})" for pattern in raw.short_question.unless)
    not_asked = _or_fault(
        compiler.compile_loose, unless, partial(document.error, ["short_question"], remedy="Correct it")
    )
    return ContextRules(tuple(cues), raw.short_question.words, not_asked)


Fault = Callable[[str], CorpusError]


def _compiled(cue: RawCue, raw: RawContext, compiler: Compiler, *, fault: Fault, lazy: bool) -> Cue:
    if cue.kind not in raw.kinds:
        raise fault(f"unknown kind {cue.kind!r}; the kinds are {', '.join(raw.kinds)}")
    if unknown := [name for name in cue.stops if name not in raw.stops]:
        raise fault(f"unknown stops {unknown[0]!r}; there are {', '.join(raw.stops)}")
    compile_cue = compiler.compile if cue.whole_words else compiler.compile_loose
    stops = "|".join(f"(?:{stop})" for name in cue.stops for stop in raw.stops[name])
    expressions = tuple(
        Expression(partial(_or_fault, compile_cue, pattern, fault), compiler.needs(pattern) if lazy else ())
        for pattern in cue.patterns
    )
    stop = Expression(partial(_or_fault, compiler.compile_loose, stops, fault)) if stops else None
    if not lazy:
        for expression in (*expressions, *([stop] if stop else [])):
            _ = expression.pattern
    return Cue(cue, expressions, stop)


def _or_fault(compiled: Callable[[str], re.Pattern[str]], pattern: str, fault: Fault) -> re.Pattern[str]:
    try:
        return compiled(pattern)
    except PatternError as error:
        raise fault(str(error)) from None


def _scope(cue: Cue, span: Span, masked: str, sentence: Span) -> Scope:
    start, end = span
    if cue.raw.direction == "around":
        return Scope(cue.raw.kind, *sentence, span)
    if cue.raw.direction == "forward":
        stop = cue.stop.pattern.search(masked, end, sentence[1]) if cue.stop else None
        last = stop.start() if stop else sentence[1]
        return Scope(cue.raw.kind, end, _within(masked, end, last, cue.raw.words), span)
    earlier = [stop.end() for stop in cue.stop.pattern.finditer(masked, sentence[0], start)] if cue.stop else []
    first = max(earlier, default=sentence[0])
    return Scope(cue.raw.kind, _back(masked, first, start, cue.raw.words), start, span)


def _within(masked: str, start: int, end: int, words: int | None) -> int:
    if words is None:
        return end
    ends = [match.end() for match in re.finditer(r"\S+", masked[start:end])]
    return start + ends[words - 1] if len(ends) > words else end


def _back(masked: str, start: int, end: int, words: int | None) -> int:
    if words is None:
        return start
    starts = [match.start() for match in re.finditer(r"\S+", masked[start:end])]
    return start + starts[-words] if len(starts) > words else start


def _inside(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]
