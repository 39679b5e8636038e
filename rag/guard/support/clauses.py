"""Clauses of a sentence, and whether each affirms or denies."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from rag.guard.support.reading import Sentence
from rag.guard.support.rules import NegationRules

#: A stretch with fewer words of its own, and without a denial, is no clause; it goes with the one before.
SMALLEST = 2
_LISTS = ",;:"
_GOES_ON = re.compile(r"\b(?:and|or|nor)\s+(?:on |of |for |by |in )?$", re.IGNORECASE)
#: Longer than any words of ``_GOES_ON``.
_SHORT = 16


@dataclass(frozen=True, eq=False)
class Clause:
    """``denials``: negations and barring words. ``denies``: an odd number of them; "does not forbid" affirms.

    ``listed``: it goes on with a list whose beginning denies, so that the denial may be meant for it as well.
    """

    start: int
    end: int
    keys: frozenset[str]
    denials: int
    listed: bool = False

    @property
    def denies(self) -> bool:
        return self.denials % 2 == 1


@lru_cache(maxsize=4096)
def clauses(sentence: Sentence, rules: NegationRules) -> tuple[Clause, ...]:
    """In order; a sentence without a break is one clause."""
    made: list[Clause] = []
    for start, end in _spans(sentence, rules):
        clause = _clause(sentence, start, end, rules)
        led = bool(made) and (made[-1].denies or made[-1].listed) and sentence.text[start] in _LISTS
        made.append(Clause(start, end, clause.keys, clause.denials, listed=led and not clause.denies))
    return tuple(made)


@lru_cache(maxsize=4096)
def whole(sentence: Sentence, rules: NegationRules) -> Clause:
    return _clause(sentence, sentence.start, sentence.end, rules)


def _spans(sentence: Sentence, rules: NegationRules) -> list[tuple[int, int]]:
    breaks = [found.start() for found in rules.end.finditer(sentence.text[: sentence.end], sentence.start)]
    spans: list[tuple[int, int]] = []
    start = sentence.start
    for end in [*breaks, sentence.end]:
        words = len(sentence.between(start, end))
        if spans and words < SMALLEST and not _denials_between(sentence, start, end, rules):
            spans[-1] = (spans[-1][0], end)
        elif words or not spans:
            spans.append((start, end))
        start = end
    return _first_joined(spans, sentence)


def _first_joined(spans: list[tuple[int, int]], sentence: Sentence) -> list[tuple[int, int]]:
    """A first stretch of one word or none goes with the next."""
    first = spans[0]
    if len(spans) > 1 and len(sentence.between(*first)) < SMALLEST:
        return [(first[0], spans[1][1]), *spans[2:]]
    return spans


def _clause(sentence: Sentence, start: int, end: int, rules: NegationRules) -> Clause:
    keys = frozenset(word.key for word in sentence.between(start, end))
    return Clause(start, end, keys, _denials_between(sentence, start, end, rules))


def _denials_between(sentence: Sentence, start: int, end: int, rules: NegationRules) -> int:
    """How often the stretch denies. "No rate and no rule" denies once, and so do barring words however many."""
    cues, barring = _denial_starts(sentence, rules)
    denied = cues[bisect_left(cues, start) : bisect_left(cues, end)]
    again = sum(_GOES_ON.search(sentence.text, max(start, cue - _SHORT), cue) is not None for cue in denied[1:])
    return len(denied) - again + (bisect_left(barring, start) < bisect_left(barring, end))


@lru_cache(maxsize=4096)
def _denial_starts(sentence: Sentence, rules: NegationRules) -> tuple[list[int], list[int]]:
    """Where negations and where barring words begin."""
    text = sentence.text[: sentence.end]
    harmless = bytearray(len(text) + 1)
    for pattern in (rules.not_cue, rules.reserve):
        for found in pattern.finditer(text, sentence.start):
            harmless[found.start() : found.end()] = b"x" * (found.end() - found.start())
    cues, barring = (
        [found.start() for found in pattern.finditer(text, sentence.start) if not harmless[found.start()]]
        for pattern in (rules.cue, rules.barring)
    )
    return cues, barring
