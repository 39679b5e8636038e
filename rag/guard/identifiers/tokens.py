"""The words of a text, as far as they may be part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.guard.identifiers.vocabulary import Vocabulary

Shape = Literal["initial", "title", "upper", "lower"]

#: A word, or one of five letters and more that touches a digit; short ones that do are levels, codes and units.
_WORD = re.compile(r"(?<!\w)[^\W\d_]++(?:['’\-‐‑][^\W\d_]++)*+(?!\w)|(?<![^\W\d_])[^\W\d_]{5,}+")
_LINE = re.compile(r"[^\n]+")
#: A line is written in capitals when nearly all its letters are, and it has letters enough to tell.
_CAPITALS = 0.7
_ENOUGH_LETTERS = 8


@dataclass(frozen=True)
class WordClass:
    """What a word is, wherever it stands.

    ``name``: on a list of names. ``ordinary``: no name by itself; ``listed``: so by a list, not only by its ending.
    """

    shape: Shape
    name: bool
    first_name: bool
    ordinary: bool
    listed: bool
    eponym: bool


@dataclass(frozen=True)
class Token:
    """``gap``: what stands between the word before and this one. ``kept``: inside a phrase that is no name."""

    word: str
    start: int
    end: int
    gap: str
    kept: bool
    in_capitals: bool
    word_class: WordClass

    @property
    def shape(self) -> Shape:
        return self.word_class.shape

    @property
    def name(self) -> bool:
        return self.word_class.name

    @property
    def first_name(self) -> bool:
        return self.word_class.first_name

    @property
    def ordinary(self) -> bool:
        return self.word_class.ordinary

    @property
    def listed(self) -> bool:
        return self.word_class.listed

    @property
    def eponym(self) -> bool:
        return self.word_class.eponym

    @property
    def cased(self) -> bool:
        return self.shape in ("title", "upper")

    @property
    def folded(self) -> str:
        return self.word.casefold()


class WordReader:
    """Reads the words of one text as it changes; each word is looked up once."""

    def __init__(self, kept: re.Pattern[str], vocabulary: Vocabulary) -> None:
        self._kept = kept
        self._vocabulary = vocabulary
        self._classes: dict[str, WordClass] = {}
        self._last: tuple[str, tuple[Token, ...]] = ("", ())

    def read(self, text: str) -> tuple[Token, ...]:
        """The words of the text in order."""
        if text != self._last[0]:
            self._last = (text, tuple(self._tokens(text)))
        return self._last[1]

    def _tokens(self, text: str) -> Iterator[Token]:
        kept = _Covered([match.span() for match in self._kept.finditer(text)])
        capitals = _Covered([match.span() for match in _LINE.finditer(text) if _is_in_capitals(match[0])])
        before: int | None = None
        for match in _WORD.finditer(text):
            word, (start, end) = match[0], match.span()
            gap = "\n" if before is None else text[before:start]
            yield Token(word, start, end, gap, kept.holds(start), capitals.holds(start), self._class(word))
            before = end

    def _class(self, word: str) -> WordClass:
        if word not in self._classes:
            known = self._vocabulary
            self._classes[word] = WordClass(
                shape=_shape(word),
                name=known.is_name(word),
                first_name=known.is_first_name(word),
                ordinary=known.is_ordinary(word),
                listed=known.is_listed(word),
                eponym=known.is_eponym(word),
            )
        return self._classes[word]


def _shape(word: str) -> Shape:
    if len(word) == 1:
        return "initial" if word.isupper() else "lower"
    if word.isupper() or (len(word) > len("A's") and word[:-2].isupper() and word[-2:] in ("'s", "’s")):
        return "upper"
    return "title" if any(sign.isupper() for sign in word) else "lower"


def _is_in_capitals(line: str) -> bool:
    letters = [sign for sign in line if sign.isalpha()]
    return len(letters) >= _ENOUGH_LETTERS and sum(sign.isupper() for sign in letters) >= _CAPITALS * len(letters)


class _Covered:
    """Spans in order; asked with starts that only grow."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = spans
        self._at = 0

    def holds(self, start: int) -> bool:
        while self._at < len(self._spans) and self._spans[self._at][1] <= start:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at][0] <= start
