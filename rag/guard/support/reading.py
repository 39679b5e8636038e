"""A text as words with keys, sentences and amounts: what every policy looks at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rag.article.sentences import sentences
from rag.guard.support.amounts import Amount, amounts
from rag.guard.support.rules import SupportRules
from rag.guard.support.stems import stem

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Word:
    """``key``: what its forms and synonyms share. ``content``: it carries meaning of its own and is no number.

    ``parts``: keys of the single words of a phrase.
    """

    key: str
    start: int
    end: int
    content: bool
    number: bool = False
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence of a text; offsets of words and amounts count the characters of the whole text."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    amounts: tuple[Amount, ...]

    @property
    def said(self) -> str:
        return self.text[self.start : self.end]

    @cached_property
    def content(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if word.content)

    @cached_property
    def told(self) -> tuple[Word, ...]:
        """Words that carry meaning, and numbers."""
        return tuple(word for word in self.words if word.content or word.number)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """Words that carry meaning and begin in this stretch."""
        starts = self._content_starts
        return self.content[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def _content_starts(self) -> list[int]:
        return [word.start for word in self.content]

    @cached_property
    def word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def told_starts(self) -> list[int]:
        return [word.start for word in self.told]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of the words that carry meaning, and the figures of its numbers."""
        return frozenset(word.key for word in self.words if word.content or word.number)

    @cached_property
    def held(self) -> frozenset[str]:
        """The same, and the single words of its phrases: what a claim's word may be found in."""
        return self.keys | frozenset(part for word in self.words for part in word.parts)


@dataclass(frozen=True, eq=False)
class Reading:
    """A whole text, sentence by sentence."""

    text: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def content(self) -> tuple[Word, ...]:
        return tuple(word for sentence in self.sentences for word in sentence.content)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for sentence in self.sentences for word in sentence.words)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for sentence in self.sentences for key in sentence.keys)

    @cached_property
    def held(self) -> frozenset[str]:
        return frozenset(key for sentence in self.sentences for key in sentence.held)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        return tuple(amount for sentence in self.sentences for amount in sentence.amounts)


@lru_cache(maxsize=_KEPT)
def read(text: str, rules: SupportRules) -> Reading:
    """The text in sentences. The same text is read once."""
    found = amounts(text, rules.numbers, rules.names.codes)
    words = tuple(_without_bounds(_words(text, rules), found))
    starts, places = [word.start for word in words], [amount.start for amount in found]
    spans = [(start, end) for start, end in sentences(text) if text[start:end].strip()]
    return Reading(
        text,
        tuple(
            Sentence(
                text,
                start,
                end,
                words[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)],
                found[bisect_right(places, start - 1) : bisect_right(places, end - 1)],
            )
            for start, end in spans
        ),
    )


def _without_bounds(words: Iterable[Word], found: Sequence[Amount]) -> Iterator[Word]:
    """Words that bound a number ("no more than") say nothing else."""
    bounds = [
        bound for one in found for bound in ((one.said[0], one.start), (one.end, one.said[1])) if bound[0] < bound[1]
    ]
    starts = [low for low, _ in bounds]
    for word in words:
        place = bisect_right(starts, word.start) - 1
        bounding = place >= 0 and word.start < bounds[place][1] and word.content
        yield replace(word, content=False) if bounding else word


def _words(text: str, rules: SupportRules) -> Iterator[Word]:
    """Phrases that mean the same become one word with the group's key."""
    tokens = list(_TOKEN.finditer(text))
    keys = [key_of(token[0], rules) for token in tokens]
    place = 0
    while place < len(tokens):
        length, group = _phrase_at(keys, place, rules)
        token = tokens[place]
        number = token[0][0].isdigit()
        bare = token[0].split("'")[0].split("’")[0]
        letter = place > 0 and len(bare) == 1 and bare.isupper()
        content = bool(group) or letter or not (number or token[0].lower() in rules.stop_words)
        # "Text A" is another text than "text B", and no article.
        key = bare if letter else keys[place]
        parts = tuple(keys[place : place + length]) if group else ()
        yield Word(group or key, token.start(), tokens[place + length - 1].end(), content, number, parts)
        place += length


def _phrase_at(keys: list[str], place: int, rules: SupportRules) -> tuple[int, str]:
    for phrase, group in rules.phrases.get(keys[place], ()):
        if tuple(keys[place : place + len(phrase)]) == phrase:
            return len(phrase), group
    return 1, ""


@lru_cache(maxsize=_KEPT * 16)
def _stemmed(word: str, rules: SupportRules) -> str:
    return stem(word, rules.spellings)


def key_of(word: str, rules: SupportRules) -> str:
    """What the forms of one word share; the figures of a number."""
    return word.replace(",", "") if word[0].isdigit() else _stemmed(word, rules)
