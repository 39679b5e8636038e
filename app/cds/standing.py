"""What of the records stands on the day of service: affirmed, finished, and written about the present.

Only known good values of a status count; whatever else is left out and told. Codes: FHIR R4, the value sets of
condition-clinical, condition-ver-status, allergyintolerance-clinical and -verification, event-status,
medicationrequest-status and -intent, diagnostic-report-status, document-reference-status, composition-status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.cds.left_out import Tally
from app.cds.models import Resource
from rag.case.fhir_entries import Entry, LeftOut, entry_of
from rag.case.fhir_json import codings, items, mapping, text

#: Days before the day of service in which a text counts as the present. Its "two months ago" counts from its own day,
#: the reader counts from the day of service: what is older would be read as if it were said today.
NEWEST_DAYS = 30

_WRITTEN = ("DiagnosticReport", "DocumentReference")
_GOOD: dict[str, dict[str, frozenset[str]]] = {
    kind: {key: frozenset(codes.split()) for key, codes in statuses.items()}
    for kind, statuses in {
        "Condition": {"clinicalStatus": "active recurrence relapse", "verificationStatus": "confirmed"},
        "AllergyIntolerance": {"clinicalStatus": "active", "verificationStatus": "confirmed"},
        "Procedure": {"status": "completed"},
        "MedicationRequest": {
            "status": "active",
            "intent": "order original-order reflex-order filler-order instance-order",
        },
        "Medication": {"status": "active inactive"},
        "DiagnosticReport": {"status": "final amended corrected appended"},
        "DocumentReference": {"status": "current", "docStatus": "final amended"},
    }.items()
}
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WHAT = {
    "Condition": "the diagnoses",
    "AllergyIntolerance": "the allergies",
    "Procedure": "the procedures",
    "MedicationRequest": "the medication orders",
    "Medication": "the medications",
    "DiagnosticReport": "the reports",
    "DocumentReference": "the notes",
    "Patient": "the patient",
}
_OLD = f"older than {NEWEST_DAYS} days before the service: times in a text count from its own day"
_LATER = "dated after the day of service or after today"
_UNDATED = "without a full date"


def standing(resources: tuple[Resource, ...], *, on: date, today: date) -> tuple[list[Resource], tuple[str, ...]]:
    """What counts on the day of service, without remarks that do not, and sentences on what was left out."""
    tally, kept = Tally(), []
    for resource in resources:
        of = _WHAT[resource["resourceType"]]
        if reason := _why_not(resource, on, today):
            tally.add(of, reason)
        else:
            kept.append(_with_present_remarks(resource, on, today, of, tally))
    return kept, tally.notices()


def affirmed(resource: Resource) -> bool:
    """Whether the resource is an entry the record stands by."""
    return isinstance(entry_of(resource), Entry) and not _unknown_status(resource) and not _qualified(resource)


def _why_not(resource: Resource, on: date, today: date) -> str:
    """Why a resource does not count; empty where it does, or where the note's own notices say it."""
    kind = resource["resourceType"]
    if isinstance(entry_of(resource), LeftOut):
        return ""
    if _qualified(resource):
        return "qualified in a way that is not understood"
    if _unknown_status(resource):
        return "withdrawn, not finished, or of a status that is not understood"
    if kind in _WRITTEN:
        return _out_of_time(list(_days_written(resource)), on, today)
    return _LATER if any(day > on.isoformat() for day in _days_happened(resource)) else ""


def _unknown_status(resource: Resource) -> bool:
    kind = resource["resourceType"]
    given = {key: resource[key] for key in _GOOD.get(kind, {}) if resource.get(key) is not None}
    missing = kind in _WRITTEN and "status" not in given
    inner = (one for one in map(mapping, items(resource.get("contained"))) if one.get("resourceType") == "Medication")
    good = all(_is_good(value, _GOOD[kind][key]) for key, value in given.items())
    return missing or not good or any(map(_unknown_status, inner))


def _is_good(value: object, good: frozenset[str]) -> bool:
    said = {text(value)} if isinstance(value, str) else {code for _, code, _ in codings(value)}
    said = said - {""} or {text(mapping(value).get("text")).lower()}
    return said <= good


def _qualified(value: object, *, top: bool = True) -> bool:
    """FHIR R4, Resource and Extensibility: modifiers that are not understood forbid to use what holds them."""
    if isinstance(value, list):
        return any(_qualified(one, top=False) for one in value)
    if not isinstance(value, dict):
        return False
    if value.get("modifierExtension") or (top and value.get("implicitRules")):
        return True
    return any(_qualified(one, top=False) for one in value.values())


def _out_of_time(days: list[str], on: date, today: date) -> str:
    if not days or not all(map(_FULL_DAY.fullmatch, days)):
        return _UNDATED
    if max(days) > min(on, today).isoformat():
        return _LATER
    return _OLD if min(days) < (on - timedelta(days=NEWEST_DAYS)).isoformat() else ""


def _days_written(resource: Resource) -> Iterator[str]:
    """Every day a text gives of itself: a document filed today may be of years ago."""
    period, context = mapping(resource.get("effectivePeriod")), mapping(mapping(resource.get("context")).get("period"))
    attachments = [mapping(mapping(content).get("attachment")) for content in items(resource.get("content"))]
    attachments += map(mapping, items(resource.get("presentedForm")))
    moments = [resource.get(key) for key in ("effectiveDateTime", "date", "issued")]
    moments += [holder.get(end) for holder in (period, context) for end in ("start", "end")]
    yield from (text(moment)[:10] for moment in (*moments, *(one.get("creation") for one in attachments)) if moment)


def _days_happened(resource: Resource) -> Iterator[str]:
    keys = ("performedDateTime", "onsetDateTime", "recordedDate", "authoredOn")
    starts = (mapping(resource.get(key)).get("start") for key in ("performedPeriod", "onsetPeriod"))
    yield from (text(moment)[:10] for moment in (*map(resource.get, keys), *starts) if moment)


def _with_present_remarks(resource: Resource, on: date, today: date, of: str, tally: Tally) -> Resource:
    if "note" not in resource:
        return resource
    remarks = items(resource["note"])
    present = [one for one in remarks if not _out_of_time([text(mapping(one).get("time"))[:10]], on, today)]
    tally.add(of, f"remarks without a date in the {NEWEST_DAYS} days before the service", len(remarks) - len(present))
    return resource | {"note": present}
