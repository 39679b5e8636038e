"""Sentences for the user about what the note does not hold of a FHIR record, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.case.fhir_entries import Entry, LeftOut
from rag.case.fhir_reports import Written

#: Names of left-out entries that one notice lists; the rest are counted.
MOST_NAMES = 5


#: What people call the kinds of resource in a notice.
_KINDS = {
    "Condition": "diagnoses",
    "Procedure": "procedures",
    "MedicationRequest": "medication orders",
    "MedicationStatement": "medications",
    "Observation": "observations",
    "ServiceRequest": "requests",
    "AllergyIntolerance": "allergies",
    "FamilyMemberHistory": "family histories",
}


def of_length(dropped: Sequence[Entry | Written], longest: int | None) -> Iterable[str]:
    if dropped:
        dated = [part.day for part in dropped if part.day]
        until = f", up to {dated[-1]}" if dated else ""
        yield (
            f"The record is longer than {longest:,} characters: its {len(dropped)} oldest or undated entries{until} "
            "were left out. Paste what matters of them."
        )


def of_left_out(found: Iterable[object]) -> Iterable[str]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for item in found:
        if isinstance(item, LeftOut):
            grouped.setdefault((item.kind, item.reason), []).append(item.name)
    for (kind, reason), names in grouped.items():
        distinct = list(dict.fromkeys(filter(None, names)))
        listed = ", ".join(distinct[:MOST_NAMES]) + (", ..." if len(distinct) > MOST_NAMES else "")
        yield f"Left out of the {_KINDS[kind]}: {len(names)} {reason}{f' ({listed})' if listed else ''}."


def of_repeated(repeated: int) -> Iterable[str]:
    if repeated:
        yield f"Of observations made several times the newest counts: {repeated} earlier values were left out."


def of_unread(written: list[Written]) -> Iterable[str]:
    if unread := sum(report.unread for report in written):
        yield f"Not read: {unread} attachments that are no plain text, or only an address. Upload them as files."
