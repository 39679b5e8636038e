"""A text while identifiers are taken out of it: every one becomes a single mark, whatever its length.

A text that was scrubbed before then looks the same as the end of its own scrubbing: nothing more is found in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.guard.identifiers.models import PLACEHOLDER, PLACEHOLDERS, Kind, Removed, Scrubbed

#: Stands for what has been taken out: a private-use character, no letter, digit or space to a regular expression.
MARK = "\ue000"
#: Characters without width would hide a word from every pattern: they have no group, and are dropped.
_ONE_SIGN = re.compile(
    rf"(?P<held>{PLACEHOLDER.pattern})|(?P<own>{MARK})|(?P<space>[^\S\n\r]+)|[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+"
)
#: More spaces than these part columns, not words.
_WORDS_APART = 2

Span = tuple[int, int]


@dataclass(frozen=True)
class _Piece:
    """A sign of the working text: ``[start, end)`` of the original; ``kind`` where it was removed just now."""

    start: int
    end: int
    kind: Kind | None = None


class WorkingText:
    """``text``: what is still to be looked at."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._pieces: list[_Piece] = []
        signs: list[str] = []
        for sign, piece in _signs(original):
            signs.append(sign)
            self._pieces.append(piece)
        self.text = "".join(signs)

    def remove(self, kind: Kind, spans: Iterable[Span]) -> bool:
        """Put a mark for each of the spans, which must lie in order and apart. Returns whether there was one."""
        text: list[str] = []
        pieces: list[_Piece] = []
        done = 0
        for start, end in spans:
            text += self.text[done:start], MARK
            pieces += self._pieces[done:start]
            pieces.append(_Piece(self._pieces[start].start, self._pieces[end - 1].end, kind))
            done = end
        if done:
            self.text = "".join([*text, self.text[done:]])
            self._pieces = pieces + self._pieces[done:]
        return done > 0

    def finish(self) -> Scrubbed:
        text = "".join(
            self._original[piece.start : piece.end] if piece.kind is None else PLACEHOLDERS[piece.kind]
            for piece in self._pieces
        )
        removed = tuple(Removed(piece.kind, piece.start, piece.end) for piece in self._pieces if piece.kind is not None)
        return Scrubbed(text, removed)


def _signs(original: str) -> Iterable[tuple[str, _Piece]]:
    """Each sign of the text, where a placeholder, a mark of its own and white space within a line are one sign each."""
    at = 0
    for match in _ONE_SIGN.finditer(original):
        yield from ((original[place], _Piece(place, place + 1)) for place in range(at, match.start()))
        at = match.end()
        if match.lastgroup == "space":
            yield (" " if at - match.start() <= _WORDS_APART and "\t" not in match[0] else "\t"), _Piece(*match.span())
        elif match.lastgroup is not None:
            yield MARK, _Piece(*match.span(), "other" if match.lastgroup == "own" else None)
    yield from ((original[place], _Piece(place, place + 1)) for place in range(at, len(original)))
