"""Dates as people in the United States write them: 2025-03-01, 3/1/2025, March 1, 2025."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_FORMS = (
    (re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"), (1, 2, 3)),
    (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])"), (3, 1, 2)),
    (re.compile(rf"(?<![a-z]){_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I), (3, 1, 2)),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+{_NAME}\s+(\d{{4}})(?!\d)", re.I), (3, 2, 1)),
)


def find_dates(text: str) -> list[tuple[int, int, date]]:
    """Every full date with its place, in the order of the text; impossible days are left alone."""
    found = []
    for pattern, places in _FORMS:
        for match in pattern.finditer(text):
            day = _date(*(match[place] for place in places))
            if day is not None:
                found.append((match.start(), match.end(), day))
    return sorted(found)


def _date(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
