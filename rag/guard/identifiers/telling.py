"""Words that are names by themselves, and the words they draw in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.guard.identifiers.tokens import Token
from rag.guard.identifiers.vocabulary import Vocabulary

#: Shorter words in capitals are abbreviations.
_SHORTEST_IN_CAPITALS = 4
_SHORTEST_LISTED = 3
#: Letters beyond Latin; a single Greek one stands in clinical words.
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]{2}")
_NEIGHBOURS = (" ", "-", ", ", ". ", ".")


def telling(tokens: Sequence[Token], vocabulary: Vocabulary) -> set[int]:
    """Places of words that read as names wherever they stand."""
    found = {place for place, token in enumerate(tokens) if _tells(token, vocabulary)}
    found |= {place for place in range(1, len(tokens) - 1) if _stands_out(tokens, place, vocabulary)}
    for place in range(1, len(tokens)):
        pair = tokens[place - 1], tokens[place]
        if pair[1].gap in (" ", ", ") and all(_may_be_a_name(token, vocabulary) for token in pair):
            listed = pair[0].first_name or pair[1].first_name or pair[1].gap == " "
            found |= {place - 1, place} if listed else set()
    return found


def absorbed(tokens: Sequence[Token], found: set[int], vocabulary: Vocabulary) -> set[int]:
    """The places found, and those beside them that belong to the same name."""
    drawn = set(found)
    for places in (range(1, len(tokens)), range(len(tokens) - 2, -1, -1)):
        forward = places.step == 1
        for place in places:
            beside = place - 1 if forward else place + 1
            if place not in drawn and beside in drawn and _goes_with(tokens, place, beside, vocabulary):
                drawn.add(place)
    return drawn


def _tells(token: Token, vocabulary: Vocabulary) -> bool:
    if token.ordinary or token.kept or token.folded in vocabulary.stops | vocabulary.credentials:
        return False
    if token.shape == "title" or _OTHER_SCRIPT.search(token.word):
        return True
    if token.shape == "upper":
        long = len(token.word) >= _SHORTEST_IN_CAPITALS
        return (token.name and len(token.word) >= _SHORTEST_LISTED) or (token.in_capitals and long)
    whole = token.first_name or (token.name and "-" not in token.word)
    return token.shape == "lower" and whole and len(token.word) >= _SHORTEST_LISTED


def _stands_out(tokens: Sequence[Token], place: int, vocabulary: Vocabulary) -> bool:
    """Whether a word that may be a name has a capital amid small ones: "she saw Rose today"."""
    before, token, after = tokens[place - 1 : place + 2]
    amid = token.gap == " " and after.shape == "lower" and (before.shape == "lower" or before.gap.strip(" ") != "")
    return amid and token.shape == "title" and not token.eponym and _may_be_a_name(token, vocabulary)


def _may_be_a_name(token: Token, vocabulary: Vocabulary) -> bool:
    return token.cased and token.name and not token.kept and token.folded not in vocabulary.stops


def _goes_with(tokens: Sequence[Token], place: int, beside: int, vocabulary: Vocabulary) -> bool:
    token, gap = tokens[place], tokens[max(place, beside)].gap
    if gap not in _NEIGHBOURS or token.folded in vocabulary.credentials:
        return False
    if token.kept or token.folded in vocabulary.stops:  # "Virginia Smith", "Will Grant"
        return gap == " " and place < beside and token.first_name and token.shape == "title"
    if token.shape == "initial":
        return token.word != "I" or gap.startswith(".")
    if gap.startswith("."):
        return False
    if token.shape == "lower":
        called = place > beside and tokens[beside].first_name  # "john long"
        return gap == " " and token.name and (not token.ordinary or called)
    return token.name or not token.ordinary or (gap == " " and _half_of_a_name(tokens, place, beside))


def _half_of_a_name(tokens: Sequence[Token], place: int, beside: int) -> bool:
    """Whether an ordinary word in title case stands beside a name where no sentence begins: "Imogen Vale"."""
    token = tokens[place]
    begins = place < beside and token.gap.strip(" ") != ""
    return token.shape == "title" and not begins and tokens[beside].shape == "title" and not tokens[beside].ordinary
