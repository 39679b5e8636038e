"""What a text must hold for a pattern to match at all: words found by looking at the pattern's outside.

Compiling a regular expression costs a thousand times as much as looking for a word. Most patterns speak of things a
given text has not, so a look at the words spares compiling them. The look is only ever too kind, never too strict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

Need = frozenset[str]
_NO_NEEDS: tuple[Need, ...] = ()
_SHORTEST = 2


class Needs:
    """Reads patterns with one set of macros; ``marks`` are macros that stand for a mark in the text."""

    def __init__(self, macros: Mapping[str, str], marks: Mapping[str, str]) -> None:
        self._macros = macros
        self._marks = marks
        self.of = lru_cache(maxsize=None)(self._of)

    def _of(self, pattern: str) -> tuple[Need, ...]:
        """Sets of words; a text must hold one word of each."""
        alternatives = _split(pattern)
        if len(alternatives) == 1:
            return tuple(self._sequence(pattern))
        found = [self.of(alternative) for alternative in alternatives]
        return (frozenset().union(*(min(needs, key=len) for needs in found)),) if all(found) else _NO_NEEDS

    def _sequence(self, pattern: str) -> Iterable[Need]:
        place, run = 0, ""
        while place < len(pattern):
            sign, end = pattern[place], _atom_end(pattern, place)
            optional = end < len(pattern) and (pattern[end] in "?*" or pattern.startswith(("{0", "{,"), end))
            if sign.isalnum():
                run = run if optional else run + sign.lower()
                if end < len(pattern) and (pattern[end].isalnum() and not optional):
                    place = end
                    continue
            if len(run) >= _SHORTEST:
                yield frozenset([run])
            run = ""
            if not optional and not sign.isalnum():
                yield from self._atom(pattern[place:end])
            place = _after_quantifier(pattern, end)
        if len(run) >= _SHORTEST:
            yield frozenset([run])

    def _atom(self, atom: str) -> tuple[Need, ...]:
        if atom.startswith("{"):
            name = atom[1:-1]
            mark = self._marks.get(name)
            return (frozenset([mark]),) if mark else self.of(self._macros[name]) if name in self._macros else _NO_NEEDS
        if atom.startswith(("(?:", "(?-i:")):
            return self.of(atom[atom.index(":") + 1 : -1])
        return self.of(atom[atom.index(">") + 1 : -1]) if atom.startswith("(?P<") else _NO_NEEDS


def holds(text: str, needs: tuple[Need, ...]) -> bool:
    """Whether ``text`` (in small letters) has a word of each set."""
    return all(any(word in text for word in need) for need in needs)


def _split(pattern: str) -> list[str]:
    """The alternatives on the outside of a pattern."""
    parts, start, place = [], 0, 0
    while place < len(pattern):
        if pattern[place] == "|":
            parts.append(pattern[start:place])
            start = place + 1
        place = _atom_end(pattern, place)
    return [*parts, pattern[start:]]


def _atom_end(pattern: str, place: int) -> int:
    """The end of the group, class, macro, escape or sign that begins at ``place``."""
    sign = pattern[place]
    if sign == "\\":
        return place + 2
    if sign == "[":
        return pattern.index("]", place + 2) + 1
    if sign == "{":
        return pattern.index("}", place) + 1
    if sign != "(":
        return place + 1
    place += 1
    while pattern[place] != ")":
        place = _atom_end(pattern, place)
    return place + 1


def _after_quantifier(pattern: str, place: int) -> int:
    while place < len(pattern) and (pattern[place] in "?*+" or _counts(pattern, place)):
        place = _atom_end(pattern, place)
    return place


def _counts(pattern: str, place: int) -> bool:
    return pattern[place] == "{" and not pattern[place + 1].isalpha()
