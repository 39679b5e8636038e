"""Spinal levels: "C7-T1", "L4/5", "L5 and S1", with the regions they lie in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LAST = {"C": 7, "T": 12, "L": 5, "S": 5}
_ORDER = {letter: place for place, letter in enumerate(_LAST)}
_LEVEL = re.compile(
    r"(?<![A-Za-z0-9.'’])([CTLS])(\d{1,2})(?:\s?[-–/]?\s?([CTLS])(\d{1,2})|\s?[-–/]\s?(\d{1,2}))?"
    r"(?![\d%]|\.\d|[A-Za-z])(?!\s*(?:[-–/]\s*)?(?:weighted|signal|sequence|image|diabet))",
    re.I,
)


@dataclass(frozen=True)
class Level:
    """One vertebra or nerve root (``lower`` is None) or the space between two; each a (letter, number)."""

    upper: tuple[str, int]
    lower: tuple[str, int] | None

    @property
    def is_one(self) -> bool:
        """One root or one space, not a stretch of several."""
        return self.lower is None or _place(self.lower) - _place(self.upper) == 1


def find_levels(text: str) -> list[tuple[int, int, Level]]:
    """Every level with its place; what is no vertebra ("C9") is left alone."""
    found = ((match, _level(match)) for match in _LEVEL.finditer(text))
    return [(match.start(), match.end(), level) for match, level in found if level is not None]


def regions_of(level: Level, regions: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """``regions``: letter to region names, from the phrases file. A space takes the region of its upper vertebra."""
    return frozenset(regions.get(level.upper[0], ()))


def _level(match: re.Match[str]) -> Level | None:
    letter, number = match[1].upper(), int(match[2])
    upper = (letter, number)
    lower: tuple[str, int] | None = None
    if match[3]:
        lower = (match[3].upper(), int(match[4]))
    elif match[5]:
        lower = (letter, int(match[5]))
        if lower[1] == 1 and number == _LAST[letter] and letter != "S":
            lower = (next(name for name, place in _ORDER.items() if place == _ORDER[letter] + 1), 1)
    ends = [upper] if lower is None else [upper, lower]
    if any(not 1 <= place <= _LAST[name] + (name == "C") for name, place in ends):
        return None
    if lower is not None and _place(lower) <= _place(upper):
        return None
    return Level(upper, lower)


def _place(vertebra: tuple[str, int]) -> int:
    letter, number = vertebra
    return sum(count for name, count in _LAST.items() if _ORDER[name] < _ORDER[letter]) + number
