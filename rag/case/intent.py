"""What a question asks about besides the case: payers, states, the date of service, procedure families."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rag.case.dates import find_dates
from rag.case.masking import Mask
from rag.case.phrases import Phrases
from rag.knowledge.codes import CodeBook
from rag.knowledge.payers import Payer


@dataclass(frozen=True)
class Named:
    """Something named in the text, by its id; ``start`` and ``end`` are offsets in it."""

    id: str
    start: int
    end: int


def find_payers(text: str, payers: Mapping[str, Payer]) -> tuple[Named, ...]:
    """Payers in the order of the text, each once; where names overlap the longest wins."""
    names = tuple((name, payer.id) for payer in payers.values() for name in payer.names)
    return _longest(text, names)


def find_states(text: str, phrases: Phrases) -> tuple[Named, ...]:
    """States as two-letter codes. A code counts only in capitals and after a cue ("in OH", ", OH")."""
    states = phrases.raw.states
    found = list(_longest(text, tuple((name, code) for code, name in states.items())))
    if text.upper() != text:
        cue = "|".join(phrases.raw.state_cues)
        pattern = re.compile(rf"(?:(?i:{cue}))({'|'.join(states)})(?![A-Za-z0-9-])")
        found += [Named(match[1], match.start(1), match.end(1)) for match in pattern.finditer(text)]
    return _once(sorted(found, key=lambda named: named.start))


def find_date(text: str, phrases: Phrases) -> date | None:
    """The date of service the text names ("service on 2024-01-15"), if it names one."""
    mask = Mask(text)
    mask.put("date", find_dates(text))
    masked = mask.finish(text)
    for pattern in phrases.service_date:
        if match := pattern.search(masked.masked):
            return masked.date_at(match.start("value"))
    return None


def find_families(text: str, book: CodeBook) -> tuple[str, ...]:
    """Ids of the procedure families a text names by phrase or code, in its order."""
    phrases = tuple((phrase, family.id) for family in book.families.values() for phrase in family.phrases)
    found = [(named.start, named.id) for named in _matches(text, _patterns(phrases))]
    for code, procedure in book.procedures.items():
        found += [(match.start(), procedure.family) for match in re.finditer(rf"(?<!\w){code}(?!\d)", text, re.I)]
    return tuple(dict.fromkeys(family for _, family in sorted(found)))


def _longest(text: str, names: tuple[tuple[str, str], ...]) -> tuple[Named, ...]:
    return _once(_matches(text, _patterns(tuple((re.escape(name), id_) for name, id_ in names))))


def _matches(text: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> list[Named]:
    found = [Named(id_, *match.span()) for pattern, id_ in patterns for match in pattern.finditer(text)]
    kept: list[Named] = []
    for named in sorted(found, key=lambda n: (n.start - n.end, n.start)):
        if not any(named.start < other.end and other.start < named.end for other in kept):
            kept.append(named)
    return sorted(kept, key=lambda named: named.start)


def _once(found: list[Named]) -> tuple[Named, ...]:
    first: dict[str, Named] = {}
    for named in found:
        first.setdefault(named.id, named)
    return tuple(first.values())


@lru_cache(maxsize=16)
def _patterns(names: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_name(name), id_) for name, id_ in names)


def _name(name: str) -> re.Pattern[str]:
    """White space and hyphens in a name are one; it stands between the edges of words."""
    loose = re.sub(r"(?:\\?[ -])+(\?)?", lambda match: r"[\s-]*" if match[1] else r"[\s-]+", name)
    return re.compile(rf"(?<![A-Za-z0-9]){loose}(?![A-Za-z0-9])", re.I)
