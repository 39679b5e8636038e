"""Units in which a question may be answered, as UCUM codes.

FHIR R4 binds units of a Quantity to UCUM; the SDC guide offers those of a question by ``questionnaire-unitOption``.
"""

from __future__ import annotations

from dataclasses import dataclass

UCUM = "http://unitsofmeasure.org"


@dataclass(frozen=True)
class Unit:
    """``name`` is the unit in the criteria's terms (``rag.criteria.values``)."""

    code: str
    name: str


#: Units offered for a fact of the type. UCUM's months and years stay months and years: only the calendar converts them.
OFFERED: dict[str, tuple[Unit, ...]] = {
    "percent": (Unit("%", "%"),),
    "duration": (Unit("d", "days"), Unit("wk", "weeks"), Unit("mo", "months"), Unit("a", "years")),
}

#: Further codes that are read: how many of the unit they come to.
HOURS_IN_A_DAY = 24
_NAMES = {"%": "%", "d": "days", "wk": "weeks", "mo": "months", "a": "years"}


def unit_name(code: str) -> str | None:
    """The criteria's name of a UCUM code; None for one no fact is given in."""
    return _NAMES.get(code)
