"""Organisations by their last word: hospitals, clinics, schools, firms."""

from __future__ import annotations

from collections.abc import Sequence

from rag.guard.identifiers.tokens import Token
from rag.guard.identifiers.vocabulary import Vocabulary

_LONGEST = 7
_JOINS = (" ", "-", " & ", ", ")
_SMALL = ("of", "the", "and", "for")
_ABBREVIATED = ("st", "mt", "ft")


def organisation_tokens(tokens: Sequence[Token], vocabulary: Vocabulary) -> set[int]:
    """Places of the words of organisations that are called by a word of their own."""
    found: set[int] = set()
    for place, token in enumerate(tokens):
        if token.folded in vocabulary.organisations and not token.kept:
            found |= _run(tokens, place, vocabulary)
    return found


def _run(tokens: Sequence[Token], last: int, vocabulary: Vocabulary) -> set[int]:
    run = [last]
    while run[-1] > 0 and len(run) < _LONGEST and _goes_on(tokens, run[-1], vocabulary):
        run.append(run[-1] - 1)
    while tokens[run[-1]].folded in _SMALL:
        run.pop()
    own = [at for at in run if tokens[at].folded not in vocabulary.generic and at != last]
    named = any(tokens[at].folded not in _SMALL for at in own)
    return set(run) if named else set()


def _goes_on(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Whether the word before the one at ``at`` belongs to the organisation too."""
    before, gap = tokens[at - 1], tokens[at].gap
    if before.kept or before.folded in vocabulary.stops - frozenset(_SMALL):
        return False
    if gap in (". ", "."):
        return before.folded in _ABBREVIATED
    if gap not in _JOINS or (gap == ", " and len(tokens[at].word) > len("LLLP")):
        return False
    if not tokens[at].cased:
        return before.folded in _ABBREVIATED or (before.shape == "lower" and not before.ordinary)
    return before.cased or before.shape == "initial" or (before.folded in _SMALL and tokens[at - 2].cased)
