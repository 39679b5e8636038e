"""What a number belongs to: the words beside it, as far as another number of its kind does not stand nearer."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from rag.guard.support.amounts import Amount
from rag.guard.support.reading import Sentence, Word

#: Words this near to a number are said of it. A claim's number and the one it rests on share at least one of them.
NEAR = 6
_WINDOW = 30
#: More numbers of one kind than this are a table: which word belongs to which cannot be told.
MOST_KIN = 24
_STRONG = re.compile(r"[;,]|\b(?:versus|vs|whereas|compared|but|while|where|when|unlike|although)\b")
# "6 weeks in one text and 4 in the other": the unit is said once.
_ELIDED = re.compile(r"\s*(?:[,.;)]|$|or\s+(?:more|less|longer)\b|for\b)")
_WEAK = re.compile(r"\band\b|\bor\b|\bthan\b|\bagainst\b|\bto\b")


def shares_words(amount: Amount, sentence: Sentence, found: Amount, place: Sentence) -> bool:
    """Whether some word near the claim's number stands in the sentence that holds the other; true where it has none."""
    near = _near(amount, sentence)
    return not near or bool(near & place.held)


def _near(amount: Amount, sentence: Sentence) -> frozenset[str]:
    middle = bisect_left(sentence.word_starts, amount.start)
    nearby = sentence.words[max(0, middle - _WINDOW) : middle + _WINDOW]
    words = [word for word in nearby if word.content and not amount.start <= word.start < amount.end]
    words.sort(key=lambda word: min(abs(word.start - amount.end), abs(amount.start - word.end)))
    return frozenset(word.key for word in words[:NEAR])


def exchanged(amount: Amount, sentence: Sentence, found: Amount, place: Sentence) -> bool:
    """Whether the claim says of this number what the evidence's sentence says of another number of its kind.

    Each number of a list owns the words of its stretch; compared are only words that not every stretch has.
    """
    kin = _kin(found, place)
    if not 2 <= len(kin) <= MOST_KIN or len(sentence.amounts) > MOST_KIN:
        return False
    owned = own_words(place, kin)
    shared = frozenset.intersection(*owned.values())
    claimed = own_words(sentence, _kin(amount, sentence)).get(amount.start, sentence.keys)
    said = claimed - shared - _figures(amount)
    here = len(said & owned[found.start])
    others = (words for start, words in owned.items() if not _equal(start, found, place))
    elsewhere = max((len(said & words) for words in others), default=0)
    return elsewhere > here


def _equal(start: int, found: Amount, place: Sentence) -> bool:
    return any(one.start == start and one.values == found.values for one in place.amounts)


def _figures(amount: Amount) -> frozenset[str]:
    return frozenset(re.findall(r"\d+(?:\.\d+)?", amount.words.replace(",", "")))


def _kin(amount: Amount, sentence: Sentence) -> list[Amount]:
    """Numbers of the sentence that could be taken for one another: of one kind, and of one unit or an elided one."""
    return [
        one
        for one in sentence.amounts
        if one.kind == amount.kind and len(one.values) == len(amount.values) and _alike(one, amount, sentence)
    ]


def _alike(one: Amount, other: Amount, sentence: Sentence) -> bool:
    if one.unit is not None and other.unit is not None:
        return one.unit.family == other.unit.family
    with_unit, without = (one, other) if one.unit else (other, one)
    if with_unit.unit is None or with_unit.unit.counts:
        return True
    return with_unit.start < without.start and _ELIDED.match(sentence.text, without.end) is not None


def own_words(sentence: Sentence, kin: list[Amount]) -> dict[int, frozenset[str]]:
    """For the start of each number the keys of its stretch: all of a sentence that has one such number."""
    if len(kin) < 2:
        return {amount.start: sentence.keys for amount in kin}
    borders = [_border(sentence.text, one, other) for one, other in pairwise(kin)]
    first, last = _first_start(sentence, kin, borders), sentence.end
    edges = [first, *borders, last]
    return {
        amount.start: frozenset(
            word.key for word in sentence.words if edges[n] <= word.start < edges[n + 1] and _tells(word, amount)
        )
        for n, amount in enumerate(kin)
    }


def _tells(word: Word, amount: Amount) -> bool:
    return (word.content or word.number) and not amount.start <= word.start < amount.end


def _border(text: str, one: Amount, other: Amount) -> int:
    """Where the words of one number end and those of the next begin: the last strong break, else the last weak one."""
    between = text[one.end : other.start]
    for pattern in (_STRONG, _WEAK):
        found = list(pattern.finditer(between))
        if found:
            return one.end + found[-1].start()
    return other.start


def _first_start(sentence: Sentence, kin: list[Amount], borders: list[int]) -> int:
    """What leads up to the first number is said of all, unless the next stretch too names its thing before the number.

    In "0.6 % by day 7, 0.5 % by day 30" the words follow; in "combination 3.5, injection 4.2" they lead.
    """
    leading = [word for word in sentence.content if borders[0] <= word.start < kin[1].start]
    if not leading:
        return kin[0].start
    before = [word for word in sentence.content if word.end <= kin[0].start]
    return before[-len(leading)].start if len(before) >= len(leading) else sentence.start
