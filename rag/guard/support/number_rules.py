"""Patterns that find numbers, built from the word lists of ``support.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rag.guard.support.patterns import compiled, phrases, words_pattern
from rag.guard.support.raw_rules import RawComparison, RawNumbers
from rag.guard.support.rules import NumberRules, Unit

_FLAGS = re.IGNORECASE
# A digit that follows a letter (or a letter and a hyphen) belongs to a name: C7, M54.12, IL-6.
_DIGITS = r"(?<![\w.])(?<![A-Za-z]-)(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:½)?"
#: Adjectives between a number and what it counts, at most.
_ADJECTIVES = 3
_NO_ADJECTIVE = r"(?:of|in|per|with|at|for|and|or|to|on|by|from|after|before|than|is|are|was|were|the|a|an|when|if)\b"

# "50 % or less" bounds the number, "50 % or less medication" does not.
_BOUND_ENDS = (
    r"(?=\s*(?:$|[^\s\w]|(?:in|for|of|per|after|from|at|on|and|as|by|with|plus|is|are|was|were|to|under|when|if)\b))"
)


def number_rules(raw: RawNumbers) -> NumberRules:
    """Raises ``re.error`` for a pattern that is no regular expression."""
    units = tuple(Unit(u.unit, u.family or u.unit, u.times, u.counts) for u in raw.units)
    fillers = rf"(?:[\s-]*(?:{phrases(raw.fillers)}))*"
    measure = _one_of(raw, lambda u: not u.counts)
    counted = _one_of(raw, lambda u: u.counts)
    gap = rf"(?:[^\S\n]+(?!{_NO_ADJECTIVE})[^\W\d_]+(?:-[^\W\d_]+)*){{0,{_ADJECTIVES}}}?"
    leading = "|".join(f"(?P<u{n}>{phrases(u.leading)})" for n, u in enumerate(raw.units) if u.leading)
    return NumberRules(
        number=re.compile(_number(raw), _FLAGS),
        date=re.compile(_date(raw.months), _FLAGS),
        words=_values(raw),
        weak=frozenset(raw.weak),
        shares={_normal(word): value for word, value in raw.shares.items()},
        times=raw.times,
        ordinals=raw.ordinals,
        months=raw.months,
        units=units,
        unit_after=re.compile(rf"{fillers}[\s-]*(?:{measure})", _FLAGS),
        counted_after=re.compile(rf"{gap}[\s-]+(?:{counted})", _FLAGS),
        unit_before=re.compile(rf"(?:{leading})\s*$", _FLAGS),
        share_before=compiled([raw.share_before.strip()]),
        article=re.compile(rf"(?<!\w)(?:{'|'.join(raw.article_after)})\s+(?P<one>an?)(?=\s+(?:{measure}))", _FLAGS),
        range_joiner=_joiner(raw.range_joiners),
        ratio_joiner=_joiner(raw.ratio_joiners),
        not_number=compiled(raw.not_numbers),
        classes=tuple(frozenset({item.class_, ""} if item.loose else {item.class_}) for item in raw.comparisons),
        class_before=_class_before(raw),
        class_after=_class_after(raw),
    )


def _values(raw: RawNumbers) -> dict[str, float]:
    return {**raw.words, **raw.magnitudes}


def _normal(words: str) -> str:
    return " ".join(re.split(r"[\s-]+", words.lower()))


def _number(raw: RawNumbers) -> str:
    small = words_pattern(raw.words)
    magnitude = words_pattern(raw.magnitudes)
    words = rf"(?:(?:{small})(?:[\s-]+(?:and[\s-]+)?(?:{small}|{magnitude}))*|(?<!\w)a[\s-]+(?:{magnitude}))"
    named = "|".join(
        f"(?P<{name}>{words_pattern(listed)})"
        for name, listed in (("share", raw.shares), ("times", raw.times), ("ordinal", raw.ordinals))
    )
    return rf"(?P<digits>{_DIGITS}(?:[\s-]+(?:{magnitude}))?)|{named}|(?P<words>{words})"


def _date(months: Iterable[str]) -> str:
    names = "|".join(rf"{name}|{name[:3]}\.?" for name in months)
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    return (
        r"(?<![\w-])(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?![\w-])"
        rf"|(?<!\w)(?:(?P<day>{day})\s+)?(?P<month>{names})\s+(?:(?P<day2>{day}),?\s+)?(?P<year>(?:19|20)\d\d)(?!\w)"
    )


def _one_of(raw: RawNumbers, wanted: Callable[..., bool]) -> str:
    return "|".join(f"(?P<u{n}>{phrases(u.words)})" for n, u in enumerate(raw.units) if wanted(u))


def _joiner(words: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"[\s-]*(?:{listed})[\s-]*", _FLAGS)


def _classes(comparisons: Iterable[RawComparison], side: str) -> str:
    return "|".join(
        f"(?P<c{n}>{phrases(getattr(item, side))})" for n, item in enumerate(comparisons) if getattr(item, side)
    )


def _class_before(raw: RawNumbers) -> re.Pattern[str]:
    between = rf"(?:[\s-]*(?:{phrases(raw.between)}))*"
    return re.compile(rf"(?:{_classes(raw.comparisons, 'before')}){between}[\s(-]*$", _FLAGS)


def _class_after(raw: RawNumbers) -> re.Pattern[str]:
    gap = rf"(?:[^\S\n]+(?!{_NO_ADJECTIVE})[^\W\d_]+(?:-[^\W\d_]+)*){{0,{raw.trailing_words}}}?"
    return re.compile(rf"{gap}[\s(-]*(?:{_classes(raw.comparisons, 'after')}){_BOUND_ENDS}", _FLAGS)
