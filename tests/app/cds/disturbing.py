"""Resources that look like what an order lacks and are not the patient's present, finished, affirmed record."""

from __future__ import annotations

import base64
from typing import Any

Resource = dict[str, Any]

SUBJECT = {"subject": {"reference": "Patient/pat-1"}}
#: What would meet about every criterion, if it were so.
TOLD = (
    "Lumbar radiculopathy (M54.16) with pain radiating below the knee for 4 months, pain score 8/10, impairs function. "
    "MRI two months ago agrees with the examination and shows right L5 root compression. Physical therapy for 8 weeks "
    "and naproxen failed. No previous epidural injections. Requesting a therapeutic transforaminal epidural injection "
    "at L5, one level. Fluoroscopic guidance was used with contrast. No sedation. "
    "Enrolled in a comprehensive pain management program."
)
_ATTACHMENT = {"contentType": "text/plain", "data": base64.b64encode(TOLD.encode()).decode()}
_OLD = "2012-03-01"


def _said(code: str) -> Resource:
    return {"coding": [{"code": code}]}


CONDITION: Resource = {
    "resourceType": "Condition",
    "id": "disturbing",
    "clinicalStatus": _said("active"),
    "verificationStatus": _said("confirmed"),
    "code": {
        "text": "Lumbar radiculopathy",
        "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.16"}],
    },
    "recordedDate": "2026-06-01",
} | SUBJECT
NOTE: Resource = {
    "resourceType": "DocumentReference",
    "id": "disturbing",
    "status": "current",
    "content": [{"attachment": _ATTACHMENT}],
} | SUBJECT
REPORT: Resource = {
    "resourceType": "DiagnosticReport",
    "id": "disturbing",
    "status": "final",
    "code": {"text": "MRI of the lumbar spine"},
    "conclusion": TOLD,
} | SUBJECT
PROCEDURE: Resource = {
    "resourceType": "Procedure",
    "id": "disturbing",
    "status": "completed",
    "code": {"text": "Lumbar epidural steroid injection under fluoroscopy"},
    "performedDateTime": "2026-01-10",
} | SUBJECT
MEDICATION: Resource = {
    "resourceType": "MedicationRequest",
    "id": "disturbing",
    "status": "active",
    "intent": "order",
    "medicationCodeableConcept": {"text": "Gabapentin 300 MG"},
    "authoredOn": "2026-06-01",
} | SUBJECT
ALLERGY: Resource = {
    "resourceType": "AllergyIntolerance",
    "id": "disturbing",
    "clinicalStatus": _said("active"),
    "verificationStatus": _said("confirmed"),
    "code": {"text": "Iodinated contrast media"},
    "patient": {"reference": "Patient/pat-1"},
}
_REQUEST: Resource = {
    "resourceType": "ServiceRequest",
    "id": "disturbing",
    "status": "active",
    "intent": "order",
    "code": {"text": "Therapeutic transforaminal epidural injection at L5, one level, under fluoroscopy"},
} | SUBJECT
_RELATIVE: Resource = {
    "resourceType": "FamilyMemberHistory",
    "id": "disturbing",
    "status": "completed",
    "patient": {"reference": "Patient/pat-1"},
    "relationship": {"text": "mother"},
    "condition": [{"code": CONDITION["code"], "note": [{"text": TOLD}]}],
}
_APPENDIX = PROCEDURE | {"code": {"text": "Appendectomy"}}

Row = tuple[str, str, Resource]


def _notes_and_reports(present: str, day_before: str, day_after: str) -> list[Row]:
    """``day_before`` and ``day_after`` are the first days that are too old and too late."""
    note, report = NOTE | {"date": present}, REPORT | {"effectiveDateTime": present}
    context = {"context": {"period": {"start": _OLD}}}
    created = {"content": [{"attachment": _ATTACHMENT | {"creation": _OLD}}]}
    rows = {
        "an old note": NOTE | {"date": _OLD},
        "a note a day too old": NOTE | {"date": day_before},
        "a note of the day after": NOTE | {"date": day_after},
        "an undated note": NOTE,
        "a note of some month": NOTE | {"date": present[:7]},
        "a note of no day": NOTE | {"date": present[:8] + "xx"},
        "an old visit filed lately": note | context,
        "an old scan filed lately": note | created,
        "a draft of a note": note | {"docStatus": "preliminary"},
        "a note of a status in words": note | {"docStatus": {"text": "Preliminary"}},
        "a superseded note": note | {"status": "superseded"},
        "a note entered in error": note | {"status": "entered-in-error"},
        "a note without a status": {key: value for key, value in note.items() if key != "status"},
        "a qualified note": note | {"content": [note["content"][0] | {"modifierExtension": [{"url": "http://a/b"}]}]},
        "nobody's note": {key: value for key, value in note.items() if key != "subject"},
        "a note of somebody unnamed": note | {"subject": {"display": "pat-1"}},
    }
    reports = {f"a {state} report": report | {"status": state} for state in ("registered", "partial", "preliminary")}
    reports |= {f"a report {state}": report | {"status": state} for state in ("unknown", "cancelled", "draft")}
    reports |= {"an old report": REPORT | {"effectiveDateTime": _OLD}, "an undated report": REPORT}
    reports["an old study reported lately"] = report | {"effectiveDateTime": _OLD, "issued": present}
    return [("notes", name, row) for name, row in rows.items()] + [("reports", n, row) for n, row in reports.items()]


def _conditions() -> list[Row]:
    verified = ("refuted", "differential", "provisional", "unconfirmed", "entered-in-error", "doubted")
    rows = {f"a condition {code}": CONDITION | {"verificationStatus": _said(code)} for code in verified}
    for said in ("refuted", "Refuted", "Ruled out"):
        rows[f"a condition {said} in words"] = CONDITION | {"verificationStatus": {"text": said}}
    ended = ("resolved", "inactive", "remission", "gone")
    rows |= {f"a condition {code}": CONDITION | {"clinicalStatus": _said(code)} for code in ended}
    both = {"coding": [{"code": "confirmed"}, {"code": "refuted"}]}
    rows |= {
        "a condition that ended": CONDITION | {"abatementDateTime": "2020"},
        "a condition in two minds": CONDITION | {"verificationStatus": both},
        "a condition of an unreadable status": CONDITION | {"verificationStatus": ["refuted"]},
        "a qualified condition": CONDITION | {"modifierExtension": [{"url": "http://example.org/not"}]},
        "a condition under other rules": CONDITION | {"implicitRules": "http://example.org/opposite"},
        "a condition of the future": CONDITION | {"recordedDate": "2031-01-01"},
        "nobody's condition": {key: value for key, value in CONDITION.items() if key != "subject"},
        "a relative's condition": _RELATIVE,
        "another request": _REQUEST,
    }
    return [("conditions", name, row) for name, row in rows.items()]


def _others() -> list[Row]:
    states = ("not-done", "in-progress", "preparation", "entered-in-error", "unknown", "stopped")
    rows = [("procedures", f"a procedure {state}", PROCEDURE | {"status": state}) for state in states]
    rows.append(("procedures", "a procedure of the future", PROCEDURE | {"performedDateTime": "2031-01-01"}))
    rows.append(("procedures", "an old remark", _APPENDIX | {"note": [{"text": TOLD, "time": _OLD}]}))
    rows.append(("procedures", "an undated remark", _APPENDIX | {"note": [{"text": TOLD}]}))
    rows.append(("procedures", "another request", _REQUEST))
    for state in ("stopped", "cancelled", "entered-in-error", "draft"):
        rows.append(("medications", f"a medication {state}", MEDICATION | {"status": state}))
    rows.append(("medications", "a medication only planned", MEDICATION | {"intent": "plan"}))
    rows.append(("medications", "a medication not to be given", MEDICATION | {"doNotPerform": True}))
    rows.append(("allergies", "an allergy refuted", ALLERGY | {"verificationStatus": _said("refuted")}))
    return rows


def disturbances(present: str, day_before: str, day_after: str) -> list[Row]:
    """(prefetch key, what it is, the resource, with an id of its own); on ``present`` a note would count."""
    rows = [*_conditions(), *_notes_and_reports(present, day_before, day_after), *_others()]
    return [(key, what, row | {"id": f"disturbing-{n}"}) for n, (key, what, row) in enumerate(rows)]


SOMEBODY_ELSE = [
    {"reference": "Patient/other"},
    {"reference": "urn:uuid:other"},
    {"reference": "Group/pat-1"},
    {"reference": "Group/g"},
    {"reference": "#pat-1"},
    {"reference": "https://ehr.example.org/fhir/Patient/other/_history/2"},
    {"reference": "other"},
]
