"""Numbers of a text with their units and with what bounds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.guard.support.number_values import iso_date, value_of
from rag.guard.support.rules import NumberRules, Unit

_LOOK_BACK = 48
_NONE = frozenset({""})
_PLAIN = "number"
_ARTICLE = " a "
_YEAR = re.compile(r"(?:19|20)\d\d")
_REPEATED = re.compile(r"(?<!\w)([a-z]+)\s\((\d+)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """``values``: one number, both ends of a range, or the two parts of a ratio, in the unit's family.

    ``kind``: number, range, ratio, ordinal or date (year, or year-month-day). ``classes``: what may bound it ("at
    least" ...; "" for nothing): more than one where a list leaves open whether its bound is meant for every item.
    ``said``: the stretch of text that holds the number, its unit and its bound.
    """

    kind: str
    values: tuple[float | str, ...]
    unit: Unit | None
    classes: frozenset[str]
    start: int
    end: int
    words: str
    said: tuple[int, int] = (0, 0)


def amounts(text: str, rules: NumberRules, names: re.Pattern[str]) -> tuple[Amount, ...]:
    """Every amount in order. ``names``: codes and ids, whose digits are no numbers."""
    hidden = _without_repetition(_hide(_hide(text, names), rules.not_number), rules)
    found = [*_dates(hidden, rules)]
    hidden = _hide_spans(hidden, [(amount.start, amount.end) for amount in found])
    plain = list(_numbers(hidden, rules))
    joined = _with_shared_units(_joined(plain, hidden, rules), hidden)
    return tuple(sorted([*found, *_with_shared_bounds(joined, hidden)], key=lambda amount: amount.start))


def _hide(text: str, names: re.Pattern[str]) -> str:
    return names.sub(lambda found: "\x00" * len(found[0]), text)


def _hide_spans(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{chr(0) * (end - start)}{text[end:]}"
    return text


def _without_repetition(text: str, rules: NumberRules) -> str:
    """ "three (3) months" says one number once."""

    def blank(found: re.Match[str]) -> str:
        same = rules.words.get(found[1].lower()) == float(found[2])
        return found[1] + " " * (len(found[0]) - len(found[1])) if same else found[0]

    return _REPEATED.sub(blank, text)


def _dates(text: str, rules: NumberRules) -> Iterator[Amount]:
    for found in rules.date.finditer(text):
        yield Amount("date", iso_date(found, rules.months), None, _NONE, *found.span(), found[0], found.span())


def _numbers(text: str, rules: NumberRules) -> Iterator[Amount]:
    end = -1
    for found in rules.number.finditer(text):
        amount = _read(found, text, rules) if found.start() >= end else None
        if amount is not None:
            end = amount.end
            yield amount
    yield from _articles(text, rules)


def _articles(text: str, rules: NumberRules) -> Iterator[Amount]:
    """ "for a month" is 1 month."""
    for found in rules.article.finditer(text):
        unit = rules.unit_after.match(text, found.end("one"))
        if unit is not None:
            yield _bounded(_PLAIN, 1, unit, text, found.span("one"), rules)


def _read(found: re.Match[str], text: str, rules: NumberRules) -> Amount | None:
    kind, value = value_of(found, rules)
    span = found.span()
    if kind == "share":
        spoken = rules.unit_after.match(text, span[1] + len(_ARTICLE)) if text[span[1] :].startswith(_ARTICLE) else None
        if spoken is not None:
            return _bounded(_PLAIN, value / 100, spoken, text, span, rules)
        if rules.share_before.match(text[span[1] : span[1] + _LOOK_BACK].lstrip()) or found[0].lower() == "half":
            return _bounded(_PLAIN, value, None, text, span, rules, unit=_named(rules, "percent"))
        bare = found[0].lower().removeprefix("a ")
        if bare not in rules.ordinals:
            return None
        kind, value = "ordinal", rules.ordinals[bare]
    if kind == "times":
        return _bounded(_PLAIN, value, None, text, span, rules, unit=_named(rules, "times"))
    if kind == "ordinal":
        return Amount("ordinal", (value,), None, _NONE, *span, found[0], span)
    return _with_unit(found, value, text, rules)


def _named(rules: NumberRules, name: str) -> Unit | None:
    return next((unit for unit in rules.units if unit.name == name), None)


def _with_unit(found: re.Match[str], value: float, text: str, rules: NumberRules) -> Amount | None:
    span = found.span()
    after = rules.unit_after.match(text, span[1]) or rules.counted_after.match(text, span[1])
    if after is None and found[0].lower() in rules.weak and not _begins_ratio(text, span[1], rules):
        return None
    if after is None and _YEAR.fullmatch(found[0]):
        return Amount("date", (found[0],), None, _NONE, *span, found[0], span)
    if after is None:
        before = rules.unit_before.search(text[max(0, span[0] - _LOOK_BACK) : span[0]])
        if before is not None:
            return _bounded(_PLAIN, value, None, text, span, rules, unit=_unit(before, rules))
    return _bounded(_PLAIN, value, after, text, span, rules)


def _begins_ratio(text: str, end: int, rules: NumberRules) -> bool:
    joined = rules.ratio_joiner.match(text, end)
    return joined is not None and rules.number.match(text, joined.end()) is not None


def _unit(found: re.Match[str], rules: NumberRules) -> Unit | None:
    name = next((name for name, words in found.groupdict().items() if words is not None and name[0] == "u"), None)
    return rules.units[int(name[1:])] if name else None


def _bounded(
    kind: str,
    value: float,
    after: re.Match[str] | None,
    text: str,
    span: tuple[int, int],
    rules: NumberRules,
    *,
    unit: Unit | None = None,
) -> Amount:
    unit = unit or (_unit(after, rules) if after else None)
    end = after.end() if after and unit and not unit.counts else span[1]
    with_unit = after.end() if after else end
    bound, said = _class(text, span[0], with_unit, rules)
    words = text[span[0] : with_unit]
    return Amount(kind, (_scaled(value, unit),), unit, bound, span[0], end, words, (said[0], max(said[1], end)))


def _scaled(value: float, unit: Unit | None) -> float:
    return round(value * unit.factor, 6) if unit else value


def _class(text: str, start: int, end: int, rules: NumberRules) -> tuple[frozenset[str], tuple[int, int]]:
    """What bounds the number, and the stretch from the bounding words to the number's end, or the other way round."""
    first = max(0, start - _LOOK_BACK)
    before = rules.class_before.search(text[first:start])
    after = rules.class_after.match(text[end : end + _LOOK_BACK])
    classes = _classes(before, rules)
    if "" in classes and after:
        # "Over 3 months or longer": what may bound the number gives way to what does.
        classes = _classes(after, rules)
    return classes, (first + before.start() if before else start, end + after.end() if after else start)


def _classes(found: re.Match[str] | None, rules: NumberRules) -> frozenset[str]:
    if found is None:
        return _NONE
    name = next(name for name, words in found.groupdict().items() if words is not None)
    return rules.classes[int(name[1:])]


def _joined(found: list[Amount], text: str, rules: NumberRules) -> list[Amount]:
    """Neighbours that make a range ("50-60 %") or a ratio ("two of three")."""
    made: list[Amount] = []
    for amount in found:
        last = made[-1] if made else None
        pair = _pair(last, amount, text, rules) if last else None
        if pair is not None:
            made[-1] = pair
        else:
            made.append(amount)
    return made


def _pair(one: Amount, other: Amount, text: str, rules: NumberRules) -> Amount | None:
    if one.kind != _PLAIN or other.kind != _PLAIN:
        return None
    between = text[one.end : other.start]
    same = other.unit is not None and one.unit in (None, other.unit)
    unit = other.unit if one.unit is None or same else None
    if rules.range_joiner.fullmatch(between) and (unit is not None or one.unit is None):
        opened = between.strip().lower() != "and" or re.search(r"between\s+$", text[: one.start][-12:], re.IGNORECASE)
        return _merged("range", one, other, unit, text) if opened else None
    countable = other.unit is None or other.unit.counts
    if one.unit is None and countable and rules.ratio_joiner.fullmatch(between) and _is_ratio(one, other, between):
        return replace(_merged("ratio", one, other, None, text), values=(one.values[0], other.values[0]))
    return None


def _is_ratio(one: Amount, other: Amount, between: str) -> bool:
    """ "Four in twelve" may be four sessions in twelve months; "1 in 4,000" is a ratio."""
    return "in" not in between.lower().split() or one.values[0] == 1 or float(other.values[0]) >= 100


def _merged(kind: str, one: Amount, other: Amount, unit: Unit | None, text: str) -> Amount:
    low = one.values[0]
    if one.unit is None and unit is not None and isinstance(low, float | int):
        low = _scaled(low, unit)
    words = f"{one.words}{text[one.start + len(one.words) : other.start]}{other.words}"
    said = (min(one.said[0], one.start), max(other.said[1], other.end))
    return Amount(kind, (low, *other.values), unit, one.classes, one.start, other.end, words, said)


def _with_shared_units(found: list[Amount], text: str) -> list[Amount]:
    """In "3.5, 4.2 and 4.3 points" the unit is meant for each."""
    made = list(found)
    for place in range(len(made) - 2, -1, -1):
        one, other = made[place], made[place + 1]
        listed = re.fullmatch(
            r"\s*(?:,|,?\s*(?:and|or|versus|vs\.?|then)(?:\s+(?:at|by|in|for|after|to))?)\s*",
            text[one.end : other.start],
        )
        if one.unit is None and one.kind == other.kind == _PLAIN and other.unit is not None and listed:
            value = one.values[0]
            scaled = _scaled(value, other.unit) if isinstance(value, float | int) else value
            made[place] = replace(one, unit=other.unit, values=(scaled,))
    return made


def _with_shared_bounds(found: list[Amount], text: str) -> list[Amount]:
    """In "no more than 3 in 6 months and 4 in 12 months" the bound may be meant for the 4 as well."""
    made: list[Amount] = []
    for amount in found:
        if amount.classes == _NONE and amount.kind == _PLAIN:
            led = re.search(r"(?:\band|\bor|,)\s+(?:(?:to|at|for|in)\s+)?$", text[: amount.start][-12:])
            bounds = [one for one in made if _lists_on(one, amount, text)] if led else []
            if bounds:
                amount = replace(amount, classes=_NONE | bounds[-1].classes)
        made.append(amount)
    return made


def _lists_on(one: Amount, amount: Amount, text: str) -> bool:
    """Whether ``amount`` may go on with the bound of ``one``: same unit or none, in one sentence."""
    between = text[one.end : amount.start]
    fits = amount.unit is None or one.unit is None or one.unit.family == amount.unit.family
    return bool(one.classes - _NONE) and fits and not re.search(r"[.;:]\s", between) and len(between) < 2 * _LOOK_BACK
