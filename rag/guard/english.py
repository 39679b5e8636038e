"""Whether a sentence is English enough for the guards to read it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+")
# Of all letters; a Greek letter in a unit or a gene name stays below it.
_MOST = 0.95


@dataclass(frozen=True)
class English:
    """``own``: common words of English; ``other``: common words of other languages that English does not have."""

    own: frozenset[str]
    other: frozenset[str]

    def reads(self, text: str) -> bool:
        """Latin letters, at least one common word of English, and more of them than of any other language's."""
        words = [word.lower() for word in _WORD.findall(text)]
        letters = "".join(words)
        if not letters or sum(char.isascii() for char in letters) < _MOST * len(letters):
            return False
        own = sum(word in self.own for word in words)
        return own > sum(word in self.other for word in words)
