"""The words of a name that begins or ends at a given place."""

from __future__ import annotations

from collections.abc import Sequence

from rag.guard.identifiers.models import Kind
from rag.guard.identifiers.tokens import Token
from rag.guard.identifiers.vocabulary import Vocabulary

_LONGEST = 5
_POINTS = (". ", ".")
_JOINS = {" ", "-", " & ", " and "}


def run_after(tokens: Sequence[Token], place: int, kind: Kind, vocabulary: Vocabulary, *, sure: bool) -> set[int]:
    """Places of the words of a name that begins at ``place``."""
    found: set[int] = set()
    for at in range(place, min(place + _LONGEST, len(tokens))):
        token = tokens[at]
        if at > place and not _joined(tokens, at, kind):
            break
        particle = token.shape == "lower" and _leads_on(tokens, at, vocabulary)
        if not particle and not _belongs(token, kind, vocabulary, sure=sure, first=at == place):
            break
        found.add(at)
    return found


def run_before(tokens: Sequence[Token], place: int, kind: Kind, vocabulary: Vocabulary, *, sure: bool) -> set[int]:
    """Places of the words of a name that ends at ``place``."""
    found: set[int] = set()
    for at in range(place, max(place - _LONGEST, -1), -1):
        token = tokens[at]
        if not _reads_as_name(token, kind, sure=sure) or not _belongs(
            token, kind, vocabulary, sure=sure, first=at == place
        ):
            break
        found.add(at)
        if not _joined(tokens, at, kind):
            break
    return found


def _belongs(token: Token, kind: Kind, vocabulary: Vocabulary, *, sure: bool, first: bool) -> bool:
    called = first and token.shape == "title" and token.first_name  # "Patient: Will"
    if (token.folded in vocabulary.stops and not called) or (not first and token.folded in vocabulary.credentials):
        return False
    if token.kept:
        return kind == "name" and first and (sure or (token.shape == "title" and token.name))
    if token.shape == "initial":
        return kind == "name"
    if token.shape == "lower":
        listed = token.name if sure else token.first_name
        return not token.ordinary or (first and listed and kind != "place")
    if kind == "name":
        return (sure and (first or token.shape == "title")) or called or not token.listed or token.name
    return sure or not token.ordinary


def _reads_as_name(token: Token, kind: Kind, *, sure: bool) -> bool:
    """What stands before words such as "was" may be anything: more is asked of it than behind a label."""
    if token.shape == "lower":
        return not token.ordinary and (token.name or sure or kind != "name")
    return sure or token.shape == "initial" or not token.ordinary or (token.name and not token.eponym)


def _joined(tokens: Sequence[Token], at: int, kind: Kind) -> bool:
    """Whether a word goes on with the one before it."""
    gap = tokens[at].gap
    if gap in _JOINS and (gap != " and " or kind == "organisation"):
        return True
    before = tokens[at - 1] if at else None
    if gap in _POINTS and before is not None:
        return len(before.word) == 1 or before.folded in ("st", "mt", "ft")
    token = tokens[at]
    return gap == ", " and kind == "name" and token.cased and (token.name or not token.ordinary)


def _leads_on(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a particle or a small initial has the rest of a name behind it."""
    if at + 1 == len(tokens) or tokens[at + 1].ordinary:
        return False
    small = len(tokens[at].word) == 1 and tokens[at + 1].gap in _POINTS
    return small or (tokens[at].folded in vocabulary.particles and tokens[at + 1].gap in (" ", "-"))
