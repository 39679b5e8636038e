"""What a number says that is written in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.guard.support.rules import NumberRules

_HALF = 0.5


def value_of(found: re.Match[str], rules: NumberRules) -> tuple[str, float]:
    """Kind (digits, share, times, ordinal, words) and value of a match of ``rules.number``."""
    for kind, table in (("share", rules.shares), ("times", rules.times), ("ordinal", rules.ordinals)):
        if found[kind]:
            return kind, table[_key(found[kind])]
    if found["digits"]:
        return "digits", _digits(found["digits"], rules.words)
    return "words", _words(found["words"], rules.words)


def iso_date(found: re.Match[str], months: Mapping[str, int]) -> tuple[str, ...]:
    """A date as year, month and day, as far as they are given."""
    if found["iso"]:
        return tuple(str(int(part)) for part in found["iso"].split("-"))
    month = next(number for name, number in months.items() if name.startswith(found["month"].lower().rstrip(".")))
    day = found["day"] or found["day2"]
    parts = (found["year"], str(month))
    return (*parts, str(int(re.sub(r"\D", "", day)))) if day else parts


def _key(words: str) -> str:
    return " ".join(re.split(r"[\s-]+", words.lower()))


def _digits(text: str, words: Mapping[str, float]) -> float:
    figures = re.match(r"[\d.,]+", text)
    value = float(figures[0].replace(",", "")) if figures else 0.0
    value += _HALF if "½" in text else 0
    magnitude = re.search(r"[a-z]+$", text, re.IGNORECASE)
    return value * words[magnitude[0].lower()] if magnitude else value


def _words(text: str, words: Mapping[str, float]) -> float:
    """ "two hundred and twenty five": a magnitude multiplies what stands before it."""
    total = 0.0
    for part in re.split(r"[\s-]+", text.lower()):
        value = words.get(part)
        if value is None:
            total = total or 1.0 if part == "a" else total
        elif value >= 100:
            total = (total or 1.0) * value
        else:
            total += value
    return total
