"""Every number of a sentence stands in what it cites, with its unit, its bound, and beside the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.guard.support.amounts import Amount
from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.number_frames import altered
from rag.guard.support.number_places import exchanged, shares_words
from rag.guard.support.reading import Reading, Sentence
from rag.guard.support.rules import SupportRules, Unit

POLICY = "numbers"
#: Numbers are the same within this: room for the rounding of converted units, and for nothing else.
TOLERANCE = 1e-5
_EACH = re.compile(r"(?<!\w)(?:per|an?|each|every|any)(?!\w)", re.IGNORECASE)
_PLAIN = Unit("", "", 1, counts=False)


def numbers(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each number that is not there, is of another unit, is bounded otherwise, or was exchanged."""
    for sentence in claim.sentences:
        if reason := altered(sentence, evidence.sentences, rules):
            yield Finding(POLICY, reason)
        for amount in sentence.amounts:
            reason = _problem(amount, sentence, evidence, rules)
            if reason:
                yield Finding(POLICY, reason)


def _problem(amount: Amount, sentence: Sentence, evidence: Grounds, rules: SupportRules) -> str | None:
    known = [(found, place) for place in evidence.sentences for found in place.amounts]
    valued = [(found, place) for found, place in known if same_value(amount, found)]
    if not valued and _is_named(amount, evidence):
        return None
    if not valued and not _is_single(amount, evidence, rules):
        return f"the number “{amount.words}” does not stand in what it cites"
    in_unit = [(found, place) for found, place in valued if same_unit(amount, sentence, found, place)]
    if not in_unit and _is_single(amount, evidence, rules):
        return None
    if not in_unit:
        return f"“{amount.words}”: what it cites has the number with another unit ({valued[0][0].words})"
    bounded = [(found, place) for found, place in in_unit if amount.classes & found.classes]
    if not bounded:
        return _bound_problem(amount, in_unit[0][0])
    placed = [(found, place) for found, place in bounded if shares_words(amount, sentence, found, place)]
    if not placed:
        return f"“{amount.words}” is said of something else in what it cites"
    if amount.kind != "ordinal" and all(exchanged(amount, sentence, found, place) for found, place in placed):
        return f"“{amount.words}” belongs to something else in what it cites"
    return None


def _bound_problem(amount: Amount, found: Amount) -> str:
    said, cited = (" or ".join(sorted(one.classes - {""})) or "no bound" for one in (amount, found))
    return f"“{amount.words}” is said with “{said}”, what it cites says “{cited}”"


def _is_named(amount: Amount, evidence: Grounds) -> bool:
    """A year or number of the document's own name, without unit or bound."""
    if amount.unit is not None or amount.classes != {""}:
        return False
    literal = rf"(?<![\w.]){re.escape(amount.words)}(?![\w.])"
    if re.search(literal, evidence.names.text):
        return True
    return any(same_value(amount, found) and found.unit is None for found in evidence.names.amounts)


def _is_single(amount: Amount, evidence: Grounds, rules: SupportRules) -> bool:
    """ "One region" is "per region", "a region" or "each region"."""
    if amount.kind != "number" or amount.values[0] != 1 or amount.unit is None or not amount.unit.counts:
        return False
    found = (rules.numbers.counted_after.match(evidence.text, one.end()) for one in _EACH.finditer(evidence.text))
    units = (_unit_of(match, rules) for match in found if match)
    return "" in amount.classes and amount.unit in units


def _unit_of(found: re.Match[str], rules: SupportRules) -> Unit | None:
    name = next((name for name, words in found.groupdict().items() if words is not None), None)
    return rules.numbers.units[int(name[1:])] if name else None


def same_value(one: Amount, other: Amount) -> bool:
    """Equal numbers of one kind; a year is the year of a date; a figure may stand for a number word."""
    if "date" in (one.kind, other.kind):
        return _same_date(one, other)
    if one.kind != other.kind or len(one.values) != len(other.values):
        return False
    # A number without a unit is compared with the other as it was written.
    scale = 1.0 if (one.unit is None) == (other.unit is None) else (one.unit or other.unit or _PLAIN).factor
    one_scale, other_scale = (scale, 1.0) if one.unit is None else (1.0, scale)
    return all(
        _close(float(a) * one_scale, float(b) * other_scale) for a, b in zip(one.values, other.values, strict=True)
    )


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE


def _same_date(one: Amount, other: Amount) -> bool:
    """The less exact date is the beginning of the other; only the sentence may be the less exact one."""
    said, cited = _date(one), _date(other)
    return cited[: len(said)] == said if said and cited else False


def _date(amount: Amount) -> tuple[str, ...]:
    if amount.kind == "date":
        return tuple(str(value) for value in amount.values)
    year = amount.values[0]
    is_year = amount.kind == "number" and amount.unit is None and float(year).is_integer()
    return (str(int(float(year))),) if is_year else ()


def same_unit(one: Amount, sentence: Sentence, other: Amount, place: Sentence) -> bool:
    """Units of one family; one that is left out is the unit of another number of its sentence.

    A thing counted may also go unnamed in the claim, or be named elsewhere in the source's sentence.
    """
    if one.unit is not None and other.unit is not None:
        return one.unit.family == other.unit.family
    unit, without = (one.unit, place) if one.unit else (other.unit, sentence)
    if unit is None or (unit.counts and (one.unit is None or unit.name[:-1] in place.said.lower())):
        return True
    return any(known.unit is not None and known.unit.family == unit.family for known in without.amounts)
