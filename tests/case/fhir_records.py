"""FHIR resources as short as they can be, to build records of."""

from __future__ import annotations

import base64
import json
from typing import Any

SNOMED = "http://snomed.info/sct"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
CPT = "http://www.ama-assn.org/go/cpt"
Resource = dict[str, Any]


def concept(text: str, **codes: str) -> Resource:
    systems = {"icd": ICD10CM, "cpt": CPT, "snomed": SNOMED}
    return {"text": text, "coding": [{"system": systems[name], "code": code} for name, code in codes.items()]}


def status(code: str) -> Resource:
    return {"coding": [{"code": code}]}


def condition(text: str, *, clinical: str = "active", verified: str = "confirmed", **more: Any) -> Resource:
    return {
        "resourceType": "Condition",
        "code": concept(text),
        "clinicalStatus": status(clinical),
        "verificationStatus": status(verified),
        "recordedDate": "2024-05-01",
    } | more


def procedure(text: str, *, state: str = "completed", day: str = "2024-05-01", **codes: str) -> Resource:
    return {
        "resourceType": "Procedure",
        "status": state,
        "code": concept(text, **codes),
        "performedDateTime": f"{day}T08:00:00Z",
    }


def request(text: str, *, state: str = "active", **codes: str) -> Resource:
    code = concept(text, **codes)
    return {
        "resourceType": "ServiceRequest",
        "status": state,
        "intent": "order",
        "code": code,
        "authoredOn": "2024-06-01",
    }


def medication(text: str, *, state: str = "active", kind: str = "MedicationRequest") -> Resource:
    named = {"medicationCodeableConcept": concept(text)}
    return {"resourceType": kind, "status": state, "authoredOn": "2024-05-02"} | named


def observation(text: str, *, day: str = "2024-05-03", loinc: str = "", **value: Any) -> Resource:
    code = {"text": text, "coding": [{"system": "http://loinc.org", "code": loinc}]}
    return {"resourceType": "Observation", "status": "final", "code": code, "effectiveDateTime": day} | value


def allergy(text: str, *, verified: str = "confirmed") -> Resource:
    return {
        "resourceType": "AllergyIntolerance",
        "code": concept(text),
        "clinicalStatus": status("active"),
        "verificationStatus": status(verified),
    }


def relative(text: str) -> Resource:
    return {"resourceType": "FamilyMemberHistory", "status": "completed", "condition": [{"code": concept(text)}]}


def document(text: str, *, kind: str = "text/plain", **more: Any) -> Resource:
    attachment = {"contentType": kind, "data": base64.b64encode(text.encode()).decode()}
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "type": {"text": "Progress note"},
        "date": "2024-05-04",
        "content": [{"attachment": attachment | more}],
    }


def bundle(*resources: Resource, kind: str = "collection") -> str:
    return json.dumps({"resourceType": "Bundle", "type": kind, "entry": [{"resource": r} for r in resources]})
