"""Context: which words change what a statement says, and how far they reach (``context.yaml``).

After the ConText algorithm (Harkema and others, 2009): a cue has a direction and a scope that ends at a
stop. Cues of the kind ``none`` only hide a shorter cue inside them ("let me know if").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import load_yaml, validate
from rag.case.number_words import Lexical
from rag.case.patterns import Compiler, PatternError

CONTEXT_NAME = "context.yaml"
NEGATION, NONE = "negation", "none"
Span = tuple[int, int]


class RawCue(Lexical):
    """The fields are described at the top of ``context.yaml``."""

    kind: str
    direction: Literal["forward", "backward", "around"] = "forward"
    stops: tuple[str, ...] = ()
    words: int | None = None
    whole_words: bool = True
    patterns: tuple[str, ...]


class RawContext(Lexical):
    kinds: dict[str, str]
    macros: dict[str, str] = Field(default_factory=dict)
    stops: dict[str, tuple[str, ...]]
    cues: tuple[RawCue, ...]


@dataclass(frozen=True)
class Cue:
    raw: RawCue
    pattern: re.Pattern[str]
    stop: re.Pattern[str] | None


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

    def scopes(self, masked: str, sentences: tuple[Span, ...]) -> tuple[Scope, ...]:
        return tuple(scope for sentence in sentences for scope in self._in_sentence(masked, sentence))

    def _in_sentence(self, masked: str, sentence: Span) -> list[Scope]:
        found = [(cue, match.span()) for cue in self.cues for match in cue.pattern.finditer(masked, *sentence)]
        shown = [(cue, span) for cue, span in found if not any(_inside(span, other) for _, other in found)]
        return [_scope(cue, span, masked, sentence) for cue, span in shown if cue.raw.kind != NONE]


def kinds_at(scopes: tuple[Scope, ...], span: Span) -> frozenset[str]:
    """The kinds of context a statement stands in; a cue inside the statement belongs to it and says nothing."""
    start, end = span
    return frozenset(
        scope.kind
        for scope in scopes
        if scope.start < end and start < scope.end and not (start <= scope.cue[0] and scope.cue[1] <= end)
    )


def load_context(corpus: Path, compiler: Compiler) -> ContextRules:
    """Read ``corpus/context.yaml``; ``compiler`` knows the macros of the phrases file. Raises ``CorpusErrors``."""
    document = load_yaml(corpus / CONTEXT_NAME)
    raw = validate(RawContext, document)
    compiler = compiler.extended(raw.macros)
    errors: list[CorpusError] = []
    cues = []
    for place, cue in enumerate(raw.cues):
        try:
            cues.append(_compiled(cue, raw, compiler))
        except PatternError as error:
            errors.append(document.error(["cues", place], str(error), "Correct the cue"))
    if errors:
        raise CorpusErrors(errors)
    return ContextRules(tuple(cues))


def _compiled(cue: RawCue, raw: RawContext, compiler: Compiler) -> Cue:
    if cue.kind not in raw.kinds:
        raise PatternError(f"unknown kind {cue.kind!r}; the kinds are {', '.join(raw.kinds)}")
    if unknown := [name for name in cue.stops if name not in raw.stops]:
        raise PatternError(f"unknown stops {unknown[0]!r}; there are {', '.join(raw.stops)}")
    compile_cue = compiler.compile_all if cue.whole_words else compiler.compile_stops
    pattern = compile_cue(cue.patterns)
    if pattern is None:
        raise PatternError(f"a cue of kind {cue.kind!r} has no patterns")
    stops = [stop for name in cue.stops for stop in raw.stops[name]]
    return Cue(cue, pattern, compiler.compile_stops(stops))


def _scope(cue: Cue, span: Span, masked: str, sentence: Span) -> Scope:
    start, end = span
    if cue.raw.direction == "around":
        return Scope(cue.raw.kind, *sentence, span)
    if cue.raw.direction == "forward":
        stop = cue.stop.search(masked, end, sentence[1]) if cue.stop else None
        last = stop.start() if stop else sentence[1]
        return Scope(cue.raw.kind, end, _within(masked, end, last, cue.raw.words), span)
    earlier = [stop.end() for stop in cue.stop.finditer(masked, sentence[0], start)] if cue.stop else []
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
