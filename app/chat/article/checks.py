"""Checklists with their sources and facts, policies side by side, and where they take one fact differently."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from app.chat.article.models import (
    Cell,
    ChecklistData,
    CheckRowData,
    Comparison,
    ComparisonRow,
    Count,
    Disagreement,
    NoteData,
    PolicyLine,
    Reading,
)
from app.chat.article.passages import Passages
from app.chat.article.text import safe
from rag.article.blocks import Checklist, CheckRow
from rag.article.wording import ROW_STATUS
from rag.article.words import Labels
from rag.case.models import Case
from rag.criteria.determination import CriterionResult, CriterionStatus, Determination

#: A cell of the comparison names this many criteria; the checklist has them all.
NAMED_IN_CELL = 4

_COMPARED = (
    ("Not met", CriterionStatus.NOT_MET),
    ("Not documented", CriterionStatus.NOT_DOCUMENTED),
    ("Met", CriterionStatus.MET),
)


def checklist_data(
    block: Checklist, found: Determination, *, case: Case, labels: Labels, passages: Passages
) -> ChecklistData:
    """One policy's checklist: what ``block`` says of each row, with the passage and the facts behind it."""
    whole = {row.part_of for row in found.criteria}
    rows = tuple(
        _row(row, shown, found, case=case, labels=labels, passages=passages, has_parts=row.id in whole)
        for row, shown in zip(found.criteria, block.rows, strict=True)
    )
    would_change = tuple(safe(change.text) for change in found.would_change)
    return ChecklistData(
        policy_id=block.policy_id,
        name=safe(labels.payer(found.payer)),
        title=safe(block.title),
        status=block.status,
        words=block.words,
        rows=rows,
        counts=_counts(rows),
        notes=tuple(
            NoteData(lead=note.lead, items=tuple(safe(item) for item in note.items))
            for note in block.notes
            if note.items != tuple(change.text for change in found.would_change)
        ),
        would_change=would_change,
    )


def _row(
    row: CriterionResult,
    shown: CheckRow,
    found: Determination,
    *,
    case: Case,
    labels: Labels,
    passages: Passages,
    has_parts: bool,
) -> CheckRowData:
    asked = () if has_parts else row.facts  # the parts name theirs
    known = {fact.id for fact in case.facts if fact.value is not None}
    return CheckRowData(
        id=row.id,
        label=safe(shown.label),
        status=shown.status,
        words=shown.words,
        depth=shown.depth,
        remarks=tuple(safe(remark) for remark in shown.remarks),
        facts=tuple(place for place, fact in enumerate(case.facts) if fact.id in asked and fact.id in known),
        unknown=tuple(labels.fact(fact) for fact in asked if fact not in known),
        passage=passages.of_criterion(row, found),
    )


def _counts(rows: Iterable[CheckRowData]) -> tuple[Count, ...]:
    counted = Counter(row.status for row in rows if not row.depth)
    return tuple(
        Count(status=status, words=ROW_STATUS[status], count=counted[status])
        for status in CriterionStatus
        if counted[status]
    )


def comparison(policies: Sequence[PolicyLine], checklists: Sequence[ChecklistData]) -> Comparison | None:
    """Policies side by side, where there are two at least."""
    by_policy = {checklist.policy_id: checklist for checklist in checklists}
    if len(policies) < 2:
        return None
    listed = [by_policy.get(line.policy_id) for line in policies]
    rows = [
        ComparisonRow(heading=heading, cells=tuple(_cell(_labels(checklist, status)) for checklist in listed))
        for heading, status in _COMPARED
    ]
    change = tuple(_cell(checklist.would_change if checklist else ()) for checklist in listed)
    return Comparison(policies=tuple(policies), rows=(*rows, ComparisonRow(heading="Would change it", cells=change)))


def _labels(checklist: ChecklistData | None, status: CriterionStatus) -> tuple[str, ...]:
    return tuple(row.label for row in checklist.rows if row.status is status and not row.depth) if checklist else ()


def _cell(items: tuple[str, ...]) -> Cell:
    shown = len(items) if len(items) == NAMED_IN_CELL + 1 else NAMED_IN_CELL
    return Cell(items=items[:shown], more=max(0, len(items) - shown))


def disagreements(
    determinations: Iterable[Determination], checklists: Iterable[ChecklistData], labels: Labels
) -> tuple[Disagreement, ...]:
    """Facts on which policies part: criteria that ask for this fact alone, met under one, not met under another.

    Parts of a criterion, what can stand in for another and what is told for information make no disagreement.
    """
    shown = {checklist.policy_id: checklist for checklist in checklists}
    readings: dict[str, list[Reading]] = defaultdict(list)
    for found in determinations:
        if found.policy_id in shown:
            for row, data in zip(found.criteria, shown[found.policy_id].rows, strict=True):
                if _settles(row):
                    readings[row.facts[0]].append(_reading(found, data, labels))
    return tuple(
        Disagreement(fact=labels.fact(fact), readings=tuple(taken))
        for fact, taken in readings.items()
        if len({reading.status for reading in taken}) > 1 and len({reading.policy for reading in taken}) > 1
    )


def _settles(row: CriterionResult) -> bool:
    """Whether one known fact alone met or failed this criterion."""
    whole = row.part_of is None and row.alternative_to is None and row.decides != "never"
    return whole and len(row.facts) == 1 and row.status in (CriterionStatus.MET, CriterionStatus.NOT_MET)


def _reading(found: Determination, row: CheckRowData, labels: Labels) -> Reading:
    return Reading(
        policy=f"{labels.payer(found.payer)} ({found.policy_id})",
        criterion=row.label,
        status=row.status,
        words=row.words,
        remarks=row.remarks,
        passage=row.passage,
    )
