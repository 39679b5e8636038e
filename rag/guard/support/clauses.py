"""Clauses of a sentence, and whether each affirms or denies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.guard.support.reading import Sentence
from rag.guard.support.rules import NegationRules

#: A stretch with fewer words of its own, and without a denial, is no clause; it goes with the one before.
SMALLEST = 2
_LISTS = ",;:"
_GOES_ON = re.compile(r"\b(?:and|or|nor)\s+(?:on |of |for |by |in )?$", re.IGNORECASE)
_ANY = re.compile("")


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
        words = sum(start <= word.start < end for word in sentence.content)
        if spans and words < SMALLEST and not any(_negations(sentence, start, end, rules)):
            spans[-1] = (spans[-1][0], end)
        elif words or not spans:
            spans.append((start, end))
        start = end
    return _first_joined(spans, sentence)


def _first_joined(spans: list[tuple[int, int]], sentence: Sentence) -> list[tuple[int, int]]:
    """A first stretch of one word or none goes with the next."""
    first = spans[0]
    if len(spans) > 1 and sum(first[0] <= word.start < first[1] for word in sentence.content) < SMALLEST:
        return [(first[0], spans[1][1]), *spans[2:]]
    return spans


def _clause(sentence: Sentence, start: int, end: int, rules: NegationRules) -> Clause:
    keys = frozenset(word.key for word in sentence.content if start <= word.start < end)
    return Clause(start, end, keys, sum(1 for _ in _negations(sentence, start, end, rules)))


def _negations(sentence: Sentence, start: int, end: int, rules: NegationRules) -> Iterator[bool]:
    """One item for each denial. "No rate and no rule" denies once, and so do barring words however many."""
    text = sentence.text[: sentence.end]
    harmless = [found.span() for found in rules.not_cue.finditer(text, sentence.start)]
    for pattern, goes_on in ((rules.cue, _GOES_ON), (rules.barring, _ANY)):
        counted = False
        for found in pattern.finditer(text, start):
            if found.start() >= end:
                break
            again = counted and goes_on.search(text, start, found.start())
            if again or any(low <= found.start() < high for low, high in harmless):
                continue
            counted = True
            yield True
