"""Determinations as blocks: the table of policies, a checklist for each, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.article.blocks import (
    Block,
    Blocks,
    Bullets,
    Checklist,
    CheckRow,
    Heading,
    Note,
    PolicyRow,
    PolicyTable,
    grouped,
    has_failed,
)
from rag.article.wording import row_status
from rag.article.words import Labels, plural, status_words, version_words, window_words
from rag.criteria.determination import CriterionResult, Determination, Status

#: A reason in the table names this many criteria; the checklist has them all.
REASONS_SHOWN = 3
#: The list of missing facts names this many; the checklists show what else is open.
MISSING_SHOWN = 12


def determination_blocks(determinations: Sequence[Determination], labels: Labels) -> Blocks:
    """Everything there is to show of ``determinations``, for the ``decide`` command."""
    return (
        *policy_table(determinations, labels),
        *checklists(determinations, labels),
        *missing(determinations, labels),
    )


def policy_table(determinations: Iterable[Determination], labels: Labels) -> Blocks:
    """Who decides what; policies that do not apply get one short line each."""
    given = tuple(determinations)
    if not given:
        return ()
    blocks: list[Block] = [Heading(2, "Policies")]
    applicable = tuple(_policy_row(found, labels) for found in given if _applies(found))
    if applicable:
        blocks.append(PolicyTable(applicable))
    others = tuple(f"{_name(found, labels)}: not applicable, {found.reason}" for found in given if not _applies(found))
    if others:
        blocks += [Heading(3, "Policies that do not apply"), Bullets(others)]
    return tuple(blocks)


def checklists(determinations: Iterable[Determination], labels: Labels) -> Blocks:
    """A checklist for each policy that applies."""
    found = tuple(_checklist(item, labels) for item in determinations if _applies(item) and item.criteria)
    return (Heading(2, "Criteria checklist"), *found) if found else ()


def missing(determinations: Iterable[Determination], labels: Labels) -> Blocks:
    """Facts whose value could still change a status; those that matter to most policies first."""
    questions: dict[str, str] = {}
    wanted_by: dict[str, list[str]] = {}
    for found in determinations:
        for fact in found.missing:
            questions.setdefault(fact.fact, fact.question)
            wanted_by.setdefault(fact.fact, []).append(_name(found, labels))
    if not questions:
        return ()
    ordered = sorted(questions, key=lambda fact: -len(wanted_by[fact]))
    items = [f"{questions[fact]} ({_wanted_by(wanted_by[fact])})" for fact in ordered[:MISSING_SHOWN]]
    if len(ordered) > MISSING_SHOWN:
        items.append(f"... and {len(ordered) - MISSING_SHOWN} more; the checklists show what is not documented.")
    return Heading(2, "What is missing"), Bullets(tuple(items))


def _applies(determination: Determination) -> bool:
    return determination.status is not Status.NOT_APPLICABLE


def _name(determination: Determination, labels: Labels) -> str:
    return f"{labels.payer(determination.payer)} {determination.policy_id}"


def _policy_row(found: Determination, labels: Labels) -> PolicyRow:
    return PolicyRow(
        policy_id=found.policy_id,
        title=found.title,
        payer=labels.payer(found.payer),
        version=version_words(found.version),
        window=window_words(found.effective),
        status=found.status,
        words=status_words(found),
        reason=_short_reason(found),
    )


def _short_reason(found: Determination) -> str:
    """The reason with the first few of the criteria it names; those that have failed, in whole or in part, lead."""
    what, _, names = found.reason.partition(": ")
    failed = {group[0].label for group in grouped(_rows(found)) if has_failed(group)}
    named = sorted(names.split("; "), key=lambda label: label not in failed)
    if len(named) > REASONS_SHOWN + 1:
        named = [*named[:REASONS_SHOWN], f"and {len(named) - REASONS_SHOWN} more"]
    return f"{what}: {'; '.join(named)}" if names else what


def _rows(found: Determination) -> tuple[CheckRow, ...]:
    return tuple(_check_row(row, found) for row in found.criteria)


def _checklist(found: Determination, labels: Labels) -> Checklist:
    return Checklist(
        policy_id=found.policy_id,
        title=f"{labels.payer(found.payer)}: {found.title} ({found.policy_id}, {version_words(found.version)})",
        status=found.status,
        words=status_words(found),
        rows=_rows(found),
        notes=tuple(note for note in _notes(found) if note.items),
    )


def _check_row(row: CriterionResult, found: Determination) -> CheckRow:
    remarks = (
        "unconfirmed: shown, decides nothing" if row.basis == "unconfirmed" else None,
        "for information" if row.decides == "never" else None,
        "counts when the record raises it" if row.decides == "when_raised" else None,
        f"another way to meet {row.alternative_to}" if row.alternative_to else None,
        row.note,
    )
    return CheckRow(
        id=row.id,
        label=row.label,
        status=row.status,
        words=row_status(row.status, found.record),
        source=row.source,
        depth=0 if row.part_of is None else 1,
        binding=row.decides == "always" and row.basis != "unconfirmed",
        alternative_to=row.alternative_to,
        remarks=tuple(remark for remark in remarks if remark),
    )


def _notes(found: Determination) -> tuple[Note, ...]:
    names = {row.id: row.label for row in found.criteria}
    would_change = tuple(change.text for change in found.would_change)
    return (
        Note("The digest does not hold the whole policy", _present(found.complete_note), essential=True),
        Note("Would change the result" + (", any one of" if len(would_change) > 1 else ""), would_change),
        Note("To be confirmed by a person", tuple(names.get(criterion, criterion) for criterion in found.conditions)),
        Note("Differences within the family", tuple(f"{d.policy_id}, {d.point}: {d.text}" for d in found.differences)),
    )


def _present(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _wanted_by(policies: Sequence[str]) -> str:
    return f"bears on {policies[0] if len(policies) == 1 else plural(len(policies), 'policy', 'policies')}"
