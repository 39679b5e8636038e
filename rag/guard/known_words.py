"""The words of the corpus: a figure of speech gives itself away by words that no document uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
# The longest first.
_ENDINGS = tuple("ically ations ation ness ings edly ing ies ied ely ed es ly s e y".split())
_SHORTEST_STEM = 3
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")


@dataclass(frozen=True)
class KnownWords:
    """Stems of the words that may stand in a sentence."""

    stems: frozenset[str]

    def unknown(self, text: str) -> str | None:
        """The first word of the text that is not known; figures, and codes with a figure in them, are not words."""
        return next((word for word in _words(text) if stem(word) not in self.stems), None)


def known_words(texts: Iterable[str]) -> KnownWords:
    return KnownWords(frozenset(stem(word) for text in texts for word in _words(text)))


def stem(word: str) -> str:
    """The word without its ending: enough to bring "injected" and "injections" together, and no more."""
    bare = word.lower().removesuffix("'s")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST_STEM:
            return _DOUBLED.sub(r"\1", bare.removesuffix(ending))
    return _DOUBLED.sub(r"\1", bare)


def _words(text: str) -> Iterator[str]:
    for token in re.split(r"[\s/,;:()\[\]“”\"=<>-]+", text):
        if not any(char.isdigit() for char in token):
            yield from _WORD.findall(token)
