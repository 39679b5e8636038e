"""Units: as many days say what the weeks said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from evals.frame.metric import Metric
from evals.verdicts.case import VerdictCase
from evals.verdicts.metamorphic.variant import Statuses, Variant, same, variant

UNITS_DO_NOT_MATTER: Metric[Variant, Statuses] = Metric(
    "units-do-not-matter",
    "of cases with weeks told as days, as facts and as text, those with the same status",
    same,
    of="cases",
)

DAYS_IN_A_WEEK = 7
#: A span ("6-8 weeks", "six to 8 weeks") is left alone: half of it would keep the old unit.
_WEEKS = re.compile(r"(?<![\w.–-])(?<!\bto )(?<!\bor )(\d+) weeks?\b")
_SPAN = re.compile(r"\d\s*(?:-|–|to|or|and)\s*\d+ weeks?")


def in_days(cases: Sequence[VerdictCase]) -> Iterator[Variant]:
    for case in cases:
        facts = _facts(case.facts or {})
        if facts != case.facts and case.facts is not None:
            yield variant(case, "facts", "weeks as days", facts=facts)
        text = _told(case.text or "")
        if text != (case.text or ""):
            yield variant(case, "text", "weeks as days", text=text)


def _facts(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _told(value) if isinstance(value, str) else value for name, value in facts.items()}


def _told(text: str) -> str:
    return text if _SPAN.search(text) else _WEEKS.sub(lambda found: f"{int(found[1]) * DAYS_IN_A_WEEK} days", text)
