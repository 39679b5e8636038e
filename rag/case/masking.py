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
_MARK_PATTERNS = {kind: re.compile(f"{mark}+") for kind, mark in MARKS.items()}
_SPACES = {ord(sign): " " for sign in "()[]{}\"“”*_-–—:=\t\u00a0"} | {ord("’"): "'", ord("‘"): "'"}


@dataclass(frozen=True)
class Token:
    """Something read by its form. ``value``: a quantity, a code, levels or a date."""

    kind: str
    start: int
    end: int
    value: Any


@dataclass(frozen=True)
class MaskedText:
    """``text`` as given, ``masked`` of the same length, and what stands under each mark."""

    text: str
    masked: str
    tokens: tuple[Token, ...]

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

    def finish(self, text: str) -> MaskedText:
        """Brackets, quotes, dashes and colons become spaces: they never change what a statement says."""
        tokens = tuple(sorted(self._tokens, key=lambda token: token.start))
        return MaskedText(text, self.so_far.translate(_SPACES), tokens)
