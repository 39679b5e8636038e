"""Text with every amount, level, code and date replaced by a mark of the same length.

Patterns then speak of ``{percent}`` or ``{level}`` and stay small, and every offset is an offset of the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from rag.criteria.values import Quantity

# Private-use characters: no text has them, none is a letter or a space to a regular expression.
MARKS = {
    "percent": "\ue000",
    "duration": "\ue001",
    "score": "\ue002",
    "count": "\ue003",
    "level": "\ue004",
    "procedure_code": "\ue005",
    "diagnosis_code": "\ue006",
    "date": "\ue007",
}
_FIRST_WORD_MARK = 0xE020  # marks for groups of words named in the phrases file
_SPACES = {ord(sign): " " for sign in '()[]{}"“”*_-–—:=#\t\u00a0'} | {ord("’"): "'", ord("‘"): "'"}


def word_marks(names: Iterable[str]) -> dict[str, str]:
    """A mark for each group of words that is looked up once and then spoken of by its name."""
    return {name: chr(_FIRST_WORD_MARK + place) for place, name in enumerate(names)}


@dataclass(frozen=True)
class Token:
    """Something read by its form. ``value``: a quantity, a code, levels or a date."""

    kind: str
    start: int
    end: int
    value: Any


@dataclass(frozen=True)
class MaskedText:
    """``text`` as given; ``masked`` and ``marked`` of the same length; and what stands under each mark.

    ``masked`` hides amounts, levels, codes and dates; ``marked`` also the groups of words that have a mark.
    """

    text: str
    masked: str
    tokens: tuple[Token, ...]
    marked: str = ""

    @cached_property
    def _by_start(self) -> dict[int, Token]:
        return {token.start: token for token in self.tokens}

    def token_at(self, start: int) -> Token | None:
        return self._by_start.get(start)

    def quantity_at(self, start: int) -> Quantity | None:
        token = self.token_at(start)
        return token.value if token is not None and isinstance(token.value, Quantity) else None

    def of_kind(self, kind: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
        """Tokens of one kind that lie inside ``[start, end)``."""
        stop = len(self.text) if end is None else end
        return tuple(t for t in self.tokens if t.kind == kind and start <= t.start and t.end <= stop)

    def date_at(self, start: int) -> date | None:
        token = self.token_at(start)
        return token.value if token is not None and token.kind == "date" else None


@dataclass(frozen=True)
class WordGroup:
    """Words that patterns speak of by ``{name}``; where they stand, ``mark`` stands in the marked text."""

    name: str
    mark: str
    pattern: re.Pattern[str]

    def put(self, text: str) -> str:
        return self.pattern.sub(lambda match: self.mark * len(match[0]), text)


class Mask:
    """A text being masked, kind by kind; what is masked already is not read again."""

    def __init__(self, text: str) -> None:
        self._text = "".join(" " if sign in MARKS.values() else sign for sign in text)
        self._signs = list(self._text)
        self._tokens: list[Token] = []

    @property
    def so_far(self) -> str:
        return "".join(self._signs)

    def put(self, kind: str, spans: Iterable[tuple[int, int, Any]]) -> None:
        for start, end, value in spans:
            self._signs[start:end] = MARKS[kind] * (end - start)
            self._tokens.append(Token(kind, start, end, value))

    def finish(self, text: str, groups: Iterable[WordGroup] = ()) -> MaskedText:
        """Brackets, quotes, dashes and colons become spaces: they never change what a statement says."""
        tokens = list(self._tokens)
        masked = marked = self.so_far.translate(_SPACES)
        for group in groups:
            for match in group.pattern.finditer(marked):
                tokens.append(Token(group.name, *match.span(), match[0]))
            marked = group.put(marked)
        return MaskedText(text, masked, tuple(sorted(tokens, key=lambda token: token.start)), marked)
