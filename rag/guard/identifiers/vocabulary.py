"""Whether a word is a name, an ordinary word, or could be either."""

from __future__ import annotations

import re
from dataclasses import dataclass

_POSSESSIVE = re.compile(r"['’]s?$")
#: Regular English inflections; a word is ordinary where the word without one is.
_INFLECTIONS = tuple("s es ed d ing ly er ers r rs ness al able ment ments ies ied y ally est ful less".split())
_SHORTEST_STEM = 3


@dataclass(frozen=True)
class Vocabulary:
    """All words are case-folded. ``endings``: of clinical words."""

    first_names: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]
    eponyms: frozenset[str]
    stops: frozenset[str]
    particles: frozenset[str]
    credentials: frozenset[str]
    organisations: frozenset[str]
    generic: frozenset[str]
    endings: tuple[str, ...]

    def is_name(self, word: str) -> bool:
        """A first name or a surname, or one with a hyphen that has such a part."""
        return self.is_eponym(word) or any(part in self.first_names or part in self.surnames for part in _parts(word))

    def is_first_name(self, word: str) -> bool:
        return _bare(word) in self.first_names

    def is_ordinary(self, word: str) -> bool:
        """No name by itself: an ordinary or clinical word, or an eponym."""
        return _bare(word) in self.eponyms or all(self._is_plain(part) for part in _parts(word))

    def is_listed(self, word: str) -> bool:
        """Ordinary as it stands on a list, not only by its ending."""
        return all(part in self.ordinary or part in self.eponyms or part in self.stops for part in _parts(word))

    def is_eponym(self, word: str) -> bool:
        return any(part in self.eponyms for part in [_bare(word), *_parts(word)])

    def _is_plain(self, part: str) -> bool:
        if len(part) == 1 or part in self.ordinary or part in self.eponyms or part in self.stops:
            return True
        if part in self.first_names or part in self.surnames:
            return False
        return part.endswith(self.endings) or any(stem in self.ordinary for stem in _stems(part))


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word.casefold())


def _parts(word: str) -> list[str]:
    return [part for part in _bare(word).split("-") if part]


def _stems(word: str) -> list[str]:
    stems = []
    for ending in _INFLECTIONS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            stems += [stem, f"{stem}e", f"{stem}y"]
            if stem[-1] == stem[-2]:
                stems.append(stem[:-1])
    return stems
