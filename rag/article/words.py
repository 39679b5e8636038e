"""How windows, versions and values are said by every renderer, beside the fixed words of ``wording``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isinf

from rag.article.models import Provenance, Reference
from rag.article.wording import STATUS_SHORT
from rag.criteria.determination import Determination, Effective, Record, Status
from rag.criteria.values import Quantity

_ENDED_BY_THE_RECORD = frozenset({Status.NOT_MET, Status.DOCUMENTATION})


@dataclass(frozen=True)
class Labels:
    """Names for ids, from the vocabulary and the payers' file; an id without a name is shown as it is."""

    facts: Mapping[str, str] = field(default_factory=dict)
    payers: Mapping[str, str] = field(default_factory=dict)

    def fact(self, fact_id: str) -> str:
        return self.facts.get(fact_id, fact_id)

    def payer(self, payer_id: str) -> str:
        return self.payers.get(payer_id, payer_id)


NO_LABELS = Labels()

_WHOLE = 100


def clean(text: str) -> str:
    """Text that cannot steer a terminal or reverse its line: control and direction characters become spaces."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign for sign in text)


def status_words(determination: Determination) -> str:
    """The status in words; a closed record is named where it decided."""
    words = STATUS_SHORT[determination.status]
    closed = determination.record is Record.CLOSED and determination.status in _ENDED_BY_THE_RECORD
    return f"{words} on the record given" if closed else words


def window_words(effective: Effective | None) -> str:
    """A window as a phrase: "in force from 2024-01-01", "2021-12-05 to 2026-06-30"."""
    if effective is None:
        return "no version in force"
    match effective.start, effective.end:
        case None, None:
            return "start and end not known"
        case None, end:
            return f"start not known, to {end}"
        case start, None:
            return f"in force from {start}"
        case start, end:
            return f"{start} to {end}"


def version_words(version: str | None) -> str:
    """A version by its label: "version 17", "version text A"."""
    return f"version {version}" if version else "no version"


def published(reference: Reference) -> str:
    """Who published a source, in which version and window."""
    return f"{reference.publisher}, {version_words(reference.version)}, {window_words(reference.effective)}"


def writer_words(provenance: Provenance) -> tuple[str, ...]:
    """Who worded the article, in one or more sentences; the verdict is never a writer's."""
    use = provenance.model_use
    if use is None:
        return ("Worded by the template writer; no language model took part.",)
    tokens = f"{'about ' if use.tokens_estimated else ''}{use.input_tokens + use.output_tokens:,} tokens"
    spent = f"{plural(use.calls, 'call')}, {tokens}, {use.seconds:.0f} s"
    kept = plural(use.kept, "sentence is", "sentences are") if use.kept else "no sentence is"
    said = (
        f"Of {use.proposed} that {provenance.model} proposed, {kept} in the article ({spent}); the guards judged each."
    )
    missed = tuple(f"The template writer's words stand in {fallback}." for fallback in use.fallbacks)
    return (said, *missed)


def value_words(value: Quantity | bool | str | tuple[str, ...] | date | None) -> str:
    """A fact's value as a reader says it."""
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return " or ".join(_spoken(item) for item in value)
        case str():
            return _spoken(value)
        case Quantity():
            return interval_words(value)
        case _:
            return str(value)


def interval_words(quantity: Quantity) -> str:
    """ "60 %", "50 to 60 %", "under 30 %", "more than 50 %"."""
    unit = "" if quantity.unit in ("count", "points") else f" {quantity.unit}"
    low, high = quantity.bounds
    if low == high:
        return f"{low:g}{unit}"
    if (low, high, quantity.unit) == (0, _WHOLE, "%"):
        return "not measured"
    if isinf(low) or (low == 0 and not quantity.low_open):
        return f"{'under' if quantity.high_open else 'at most'} {high:g}{unit}"
    if isinf(high):
        return f"{'more than' if quantity.low_open else 'at least'} {low:g}{unit}"
    return f"{'over ' if quantity.low_open else ''}{low:g} to {'under ' if quantity.high_open else ''}{high:g}{unit}"


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _spoken(choice: str) -> str:
    """Choices as words; the shortest are abbreviations (CT, MAC)."""
    return choice.upper() if len(choice) <= 3 else choice.replace("_", " ")
