"""Whether a sentence speaks of this patient, and so needs words of the record."""

from __future__ import annotations

from rag.guard.plain_text import plain
from rag.guard.verdict_rules import VerdictRules
from rag.guard.wording import found


def speaks_of_patient(text: str, rules: VerdictRules) -> bool:
    """Whether it tells of the patient, the record, the request or the reader, by name or by what was done."""
    words = plain(text)
    for pattern in rules.patient.exempt:
        words = pattern.sub(" ~ ", words)
    if found(rules.patient.points, words):
        return True
    return not found(rules.patient.document, words) and found(rules.patient.tells, words)
