"""The terse words of utilisation review: ids and source anchors named, nothing explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rag.article.voice.clinician import Clinician
from rag.article.wording import STATUS_SHORT, join, row_status
from rag.article.words import version_words, window_words
from rag.criteria.determination import CriterionResult, Determination, Record, Status, Step


class Reviewer(Clinician):
    """A criterion is named ``id (document-id#anchor)``; a status sentence names version and window of the policy."""

    def policy(self, determination: Determination) -> str:
        version, window = version_words(determination.version), window_words(determination.effective)
        return f"{self.material.name(determination)}, {version}, {window}"

    def nothing_confirmed(self, determinations: Sequence[Determination], what: str) -> str:
        names = "; ".join(self.policy(determination) for determination in determinations)
        return f"{what}: no criterion confirmed here, nothing decided: {names}."

    def divided(self, counted: Mapping[Status, int], total: int, what: str) -> str:
        parts = ", ".join(f"{STATUS_SHORT[status]} {count}" for status, count in counted.items())
        return f"{what[0].upper()}{what[1:]}: {parts}; of {total} policies. Governing policy open."

    def none_governs(self, what: str) -> str:
        return f"{what[0].upper()}{what[1:]}: no governing policy here on that day."

    def basis(self, count: int, on: date, record: Record) -> str:
        checked = f"{count} {'policy' if count == 1 else 'policies'}"
        supposed = " plus supposition" if self.material.hypothesis else ""
        return f"Criteria check by code: {checked}, date of service {on.isoformat()}, record {record.value}{supposed}."

    def missing(self, fact: str, asking: Sequence[Determination], criteria: Sequence[str]) -> str:
        rows = [row for d in asking for row in d.criteria if row.id in criteria]
        return f"Not documented: {self.label(fact)} [{fact}]; asked by {_named(rows)}."

    def already_fails(self, determination: Determination, rows: Sequence[CriterionResult]) -> str:
        named = "; ".join(f"{_name(row)} {row.label}" for row in rows)
        return f"{self.material.name(determination)}: not met: {named}."

    def finding(self, record: Record, row: CriterionResult, parts: Sequence[CriterionResult]) -> str:
        detail = "; ".join(f"{_name(part)} {part.label}: {row_status(part.status, record)}" for part in parts)
        said = f"{_name(row)}: {row_status(row.status, record)}" + (f" [{detail}]." if detail else ".")
        return said + self.note(row, "Note")

    def all_met(self, determination: Determination, rows: Sequence[CriterionResult]) -> str:
        return f"{self.material.name(determination)}: all met: {_named(rows)}."

    def change(self, determination: Determination, row: CriterionResult, ways: Sequence[Sequence[Step]]) -> str:
        listed = "; or ".join(join(self.step(step) for step in way) for way in ways)
        return f"{self.material.name(determination)}: {_name(row)} would be met with {listed}."

    def step(self, step: Step) -> str:
        return step.text + (" (against the record)" if step.against_record else "")

    def turns_on(self, facts: Iterable[str], count: int) -> str:
        named = join(f"{self.label(fact)} [{fact}]" for fact in facts)
        return f"Turns on {named}: {count} of {len(self.material.decided)}."

    def nothing_open(self, statuses: Iterable[Status]) -> str:
        return f"No criterion open: {join(STATUS_SHORT[s] for s in statuses) or 'no governing policy'}."

    def reading(self, quote: str, reason: str) -> str:
        return f"Reading of “{quote}”: {reason.rstrip('.')}."


def _name(row: CriterionResult) -> str:
    return f"{row.id} ({row.source})"


def _named(rows: Iterable[CriterionResult]) -> str:
    return ", ".join(dict.fromkeys(_name(row) for row in rows))
