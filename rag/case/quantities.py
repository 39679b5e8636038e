"""Amounts in text as intervals: "at least 50 %", "6-8 wks", "more than half", "about 3 months", "8/10"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from rag.case.number_words import Kind, NumberWords
from rag.criteria.values import UNITS, Quantity

Result = TypeVar("Result")

_MOST = {"%": 100.0, "points": 10.0}  # of a percentage, of a score

_DIGITS = r"(?<![\d.])(?<!\d,)\d{1,4}(?:\.\d+)?(?!\d|\.\d|st\b|nd\b|rd\b|th\b)"


class Amounts:
    """Finds and reads amounts. One pattern per kind; each amount is a span and its interval."""

    def __init__(self, words: NumberWords) -> None:
        self._words = words
        self._number = rf"(?:{_DIGITS}|(?<![a-z]){_any(words.numbers)}(?![a-z]))"
        self._patterns: dict[Kind, re.Pattern[str]] = {
            "percent": self._compile(rf"(?:{self._span(_any(words.percent_signs))}|(?P<share>{self._shares()}))"),
            "duration": self._compile(self._duration()),
            "score": self._compile(self._span(_any(words.score_signs))),
            "count": self._compile(self._span("")),
        }
        self._units = [(re.compile(_any(unit.words), re.I), unit) for unit in words.units]
        self._before = [(re.compile(_any(c.before), re.I), c.op) for c in words.comparisons if c.before]
        self._after = [(re.compile(_any(c.after), re.I), c.op) for c in words.comparisons if c.after]
        self._loose = [(re.compile(_any(a.words), re.I), a) for a in words.approximations]
        self._values = _lookup(words.numbers)
        self._share_values = _lookup(words.shares)

    def find(self, text: str, kind: Kind) -> list[tuple[int, int, Quantity]]:
        """Every amount of ``kind`` with its place; spans never overlap."""
        found, place = [], 0
        while match := self._patterns[kind].search(text, place):
            end = self._end(match)
            place = max(end, match.start() + 1)
            quantity = self._read(match, kind)
            if quantity is not None and not (kind == "count" and self._pronoun(match)):
                found.append((match.start(), end, quantity))
        return found

    def _pronoun(self, match: re.Match[str]) -> bool:
        """A number word that stands for a thing ("the first one")."""
        return match[0].casefold() in self._words.not_alone

    def _compile(self, core: str) -> re.Pattern[str]:
        words = self._words
        before = _any(w for c in words.comparisons for w in c.before)
        after = _any(w for c in words.comparisons for w in c.after)
        loose = _any(w for a in words.approximations for w in a.words)
        signs = rf"(?P<before>(?<![a-z]){before})\s*|(?P<loose>(?<![a-z]){loose})\s*"
        lead = rf"(?:{signs}|(?:(?<![a-z]){_any(words.fillers)}\s+))*"
        return re.compile(rf"{lead}{core}(?:\s*(?P<after>{after}))?", re.I)

    def _span(self, sign: str) -> str:
        join = rf"\s*{_any(self._words.joiners)}\s*"
        middle = rf"(?P<middle>\s*{sign})?" if sign else ""
        tail = rf"\s*{sign}" if sign else ""
        return rf"(?P<low>{self._number})(?P<plus>\+)?(?:{middle}{join}(?P<high>{self._number}))?{tail}"

    def _duration(self) -> str:
        unit = _any(word for unit in self._words.units for word in unit.words)
        join = rf"\s*{_any(self._words.joiners)}\s*"
        number = rf"(?:{self._number}|(?<![a-z]){_any(self._words.articles)}(?![a-z]))"
        high = rf"(?:(?:\s*{unit})?{join}(?P<high>{self._number}))?"
        filler = rf"(?:{_any(self._words.fillers)}[\s-]+)?"
        return rf"(?P<low>{number})(?P<plus>\+)?{high}[\s-]*{filler}(?P<unit>{unit})(?![a-z])"

    def _shares(self) -> str:
        return rf"(?<![a-z]){_any(self._words.shares)}(?![a-z])"

    def _end(self, match: re.Match[str]) -> int:
        """A falling "8/10 to 3/10" is two numbers, not a range: the amount ends with the first."""
        if not self._falls(match):
            return match.end()
        return match.end("middle" if match.groupdict().get("middle") else "low")

    def _falls(self, match: re.Match[str]) -> bool:
        groups = match.groupdict()
        if not groups.get("low") or not groups.get("high"):
            return False
        return self._amount(groups["low"]) > self._amount(groups["high"])

    def _amount(self, text: str) -> float:
        return float(text) if text[0].isdigit() else self._values(text) or 1.0

    def _read(self, match: re.Match[str], kind: Kind) -> Quantity | None:
        groups, unit, times = match.groupdict(), UNITS[kind][0], 1.0
        falls = self._falls(match)
        if kind == "duration":
            if falls:
                return None
            unit, times = next((u.unit, u.times) for pattern, u in self._units if pattern.fullmatch(groups["unit"]))
        if groups.get("share"):
            low = high = self._share_values(groups["share"]) or 0.0
        else:
            low = high = self._amount(groups["low"]) * times
            if groups.get("high") and not falls:
                high = self._amount(groups["high"]) * times
        if high > _MOST.get(unit, high):
            return None
        return self._interval(groups, low, high, unit)

    def _interval(self, groups: dict[str, str | None], low: float, high: float, unit: str) -> Quantity:
        op = _first(self._before, groups["before"]) or _first(self._after, groups["after"])
        if op is None and groups.get("plus"):
            op = ">="
        top = _MOST.get(unit)
        if op in (">", ">=") and (top is None or low < top):
            return Quantity(low=low, low_open=op == ">", high=top, unit=unit)
        if op in ("<", "<=") and high > 0:
            return Quantity(low=0, high=high, high_open=op == "<", unit=unit)
        if (loose := groups["loose"]) is not None:
            about = _first(self._loose, loose)
            if about is not None:
                low, high = low * (1 - about.below), high * (1 + about.above)
                high = high if top is None else min(high, top)
        return Quantity(low=round(low, 6), high=round(high, 6), unit=unit)


def _first(table: Iterable[tuple[re.Pattern[str], Result]], text: str | None) -> Result | None:
    if text is None:
        return None
    return next((result for pattern, result in table if pattern.fullmatch(text)), None)


def _any(fragments: Iterable[str]) -> str:
    """One group of alternatives, longest first; a space stands for any white space or hyphen."""
    ordered = sorted(fragments, key=len, reverse=True)
    return "(?:" + "|".join(fragment.replace(" ", r"[\s-]+") for fragment in ordered) + ")"


def _lookup(table: Mapping[str, float]) -> Callable[[str], float | None]:
    """Value of a word by the fragment it matches."""
    patterns = [(re.compile(_any([key]), re.I), value) for key, value in table.items()]
    return lambda text: _first(patterns, text)
