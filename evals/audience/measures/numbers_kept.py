"""Is any number, with its unit and what compares it, lost in plain words?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.audience.wording import Label, Worded, checks
from evals.frame.metric import Check, Metric

#: "under" compares a share: there is also "under 5 of 11 policies".
_SIGN = re.compile(
    r"(?:\b(?:at least|at most|more than|no more than|fewer than|less than|exactly|in the last|under(?= \d+ %))\s+)?"
    r"\d+(?:,\d{3})*(?:\.\d+)?(?:\s*(?:%|(?:day|week|month|year)s?\b|mg\b))?",
    re.IGNORECASE,
)


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """For plain words, one judgement for each sentence of the check that has a number: all of them, in their order."""
    if not label.plain or not found.answer:
        return
    plain = [claim.text for claim in checks(found.answer)]
    for number, claim in enumerate(checks(found.exact)):
        wanted = _signs(claim.text)
        if wanted:
            said = plain[number] if number < len(plain) else ""
            yield Check(_in_order(wanted, _signs(said)), ", ".join(wanted), said or "no sentence", str(number))


def _signs(text: str) -> list[str]:
    return [" ".join(sign.lower().split()) for sign in _SIGN.findall(text)]


def _in_order(wanted: list[str], found: list[str]) -> bool:
    """Others may stand between: a question names the ends of its scale."""
    rest = iter(found)
    return all(any(sign == other for other in rest) for sign in wanted)


NUMBERS_KEPT = Metric(
    "numbers-kept",
    "sentences for patients that have every number of the clinician's, with unit and comparison",
    _judge,
    of="sentences with numbers",
)
