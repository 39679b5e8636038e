"""Parts of a set that are measured on their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.citations.pair import Pair

#: Number words that are seldom anything else.
_WORDS = "one two three four five six seven eight nine ten half twice".split()
#: A digit that begins a word, as in "40mg" or "1,200 patients"; not one inside a name, as in "COVID-19" or "HER2".
_NUMBER = re.compile(rf"(?<![\w.,-])\d|(?<=[^\w]-)\d|\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


#: The slice that is the whole set.
ALL = "all pairs"


@dataclass(frozen=True)
class Part:
    name: str
    holds: Callable[[Pair], bool]

    def of(self, pairs: Sequence[Pair]) -> list[int]:
        """Positions of its pairs."""
        return [number for number, pair in enumerate(pairs) if self.holds(pair)]


def holds_number(text: str) -> bool:
    return _NUMBER.search(text) is not None


def slices_of(pairs: Sequence[Pair], *, by_kind: bool) -> list[Part]:
    """All pairs, those whose claim holds a number, numeric contradictions; with ``by_kind`` each kind, by name."""
    return [
        Part(ALL, lambda pair: True),
        Part("claims that hold a number", lambda pair: holds_number(pair.claim)),
        Part("numeric contradictions", lambda pair: pair.contradicted and holds_number(pair.claim)),
        *(_kind(kind) for kind in sorted({pair.kind for pair in pairs}) if by_kind),
    ]


def _kind(kind: str) -> Part:
    return Part(f"kind: {kind}", lambda pair: pair.kind == kind)
