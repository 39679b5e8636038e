"""One resource of a record as one line of a note, worded for people and for the reader of this package.

Only what the record affirms becomes a line. What is resolved, stopped, refuted, suspected, not done, entered in error
or about a relative is left out and counted, by a reason that can be shown: the reader would have to tell it from a
present fact by its wording, and unknown is better than wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag.case.fhir_json import Resource, code_of, codings, day_of, items, mapping, text
from rag.case.fhir_words import coded_words, diagnosis_words, name_of, procedure_codes, value_words

#: LOINC codes of the FHIR standard's vital-signs profile (R4, "Vital Signs"; 55284-4 is its older code of a pressure).
#: They come with every visit and no criterion asks for one; what is filed beside them, such as pain, is kept.
VITAL_SIGNS = frozenset(
    (
        "85353-1 55284-4 9279-1 8867-4 2708-6 59408-5 8310-5 8331-1 8302-2 9843-4 29463-7 39156-5 85354-9 8480-6 "
        "8462-4 8478-0"
    ).split()
)
_STANDING = ("", "active", "recurrence", "relapse")
_NEGATIONS = ("doNotPerform", "wasNotTaken", "notDone", "notGiven")


@dataclass(frozen=True)
class Entry:
    """Something the record affirms. ``day`` may be partial or empty; ``detail`` is a status, reason, value or type."""

    kind: str
    day: str
    name: str
    detail: str = ""
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Something that is no fact of this patient's present record, and why."""

    kind: str
    name: str
    reason: str


Found = Entry | LeftOut | None


def entry_of(resource: Resource) -> Found:
    """The entry of a resource; None for kinds that say nothing a criterion asks (visits, bills, people, places)."""
    kind = text(resource.get("resourceType"))
    build = _BUILDERS.get(kind)
    if build is None:
        return None
    name = _name(resource)
    if reason := _not_so(resource):
        return LeftOut(kind, name, reason)
    return build(resource, name) if name else None


def _not_so(resource: Resource) -> str:
    """Why the resource as a whole does not count; empty when it does."""
    if resource.get("resourceType") == "FamilyMemberHistory":
        return "about a relative"
    statuses = (code_of(resource.get("status")), code_of(resource.get("verificationStatus")))
    if "entered-in-error" in statuses:
        return "entered in error"
    if resource.get("modifierExtension"):
        return "qualified in a way that is not understood"
    if any(resource.get(key) is True for key in _NEGATIONS) or resource.get("taken") == "n":
        return "not done or not taken"
    return ""


def _name(resource: Resource) -> str:
    concepts = ("code", "medicationCodeableConcept", "type")
    named = next((diagnosis_words(resource.get(key)) for key in concepts if resource.get(key)), "")
    named = named or coded_words(procedure_codes(resource.get("code"))[:1])
    sites = ", ".join(filter(None, map(name_of, items(resource.get("bodySite")))))
    return f"{named}, site {sites}" if named and sites else named


def _condition(resource: Resource, name: str) -> Found:
    verification = code_of(resource.get("verificationStatus"))
    status = code_of(resource.get("clinicalStatus"))
    if verification not in ("", "confirmed"):
        return LeftOut("Condition", name, "refuted" if verification == "refuted" else "not confirmed")
    ended = any(resource.get(key) for key in resource if key.startswith("abatement"))
    if status not in _STANDING or ended:
        return LeftOut("Condition", name, "resolved or inactive")
    onset = day_of(resource.get("onsetDateTime"), resource.get("onsetPeriod"))
    detail = (f"clinical status {status}" if status else "listed") + (f", since {onset}" if onset else "")
    return Entry("Condition", day_of(resource.get("recordedDate"), onset), name, detail, notes=_notes(resource))


def _procedure(resource: Resource, name: str) -> Found:
    status = code_of(resource.get("status"))
    if status != "completed":
        reason = {"not-done": "not done", "in-progress": "not finished"}.get(status, "not known to have been done")
        return LeftOut("Procedure", name, reason)
    day = day_of(resource.get("performedDateTime"), resource.get("performedPeriod"))
    return Entry("Procedure", day, name, codes=procedure_codes(resource.get("code")), notes=_notes(resource))


def _medication(resource: Resource, name: str) -> Found:
    kind = text(resource.get("resourceType"))
    status = code_of(resource.get("status"))
    if code_of(resource.get("intent")) in ("proposal", "plan", "option"):
        return LeftOut(kind, name, "only proposed")
    if status != "active":
        return LeftOut(kind, name, "not active")
    day = day_of(resource.get("authoredOn"), resource.get("effectivePeriod"), resource.get("effectiveDateTime"))
    said = "active order" if kind == "MedicationRequest" else "active"
    return Entry(kind, day or day_of(resource.get("dateAsserted")), name, said, notes=_notes(resource))


def _observation(resource: Resource, name: str) -> Found:
    if any(code in VITAL_SIGNS for _, code, _ in codings(resource.get("code"))):
        return LeftOut("Observation", name, "vital signs")
    if code_of(resource.get("status")) in ("cancelled", "registered"):
        return LeftOut("Observation", name, "cancelled or not yet made")
    if resource.get("focus"):
        return LeftOut("Observation", name, "about somebody or something else")
    parts = [_part(mapping(part)) for part in items(resource.get("component"))]
    value = ", ".join(part for part in (value_words(resource), *parts) if part)
    if not value:
        return LeftOut("Observation", name, "without a value")
    day = day_of(resource.get("effectiveDateTime"), resource.get("effectivePeriod"), resource.get("issued"))
    return Entry("Observation", day, name, value)


def _part(component: Resource) -> str:
    name, value = name_of(component.get("code")), value_words(component)
    return f"{name} {value}" if name and value else ""


def _request(resource: Resource, name: str) -> Found:
    status = code_of(resource.get("status"))
    if status not in ("active", "draft", "on-hold"):
        return LeftOut("ServiceRequest", name, "not open any more")
    reasons = ", ".join(filter(None, (diagnosis_words(reason) for reason in items(resource.get("reasonCode")))))
    detail = f"reason {reasons}" if reasons else ""
    codes = procedure_codes(resource.get("code"))
    return Entry("ServiceRequest", day_of(resource.get("authoredOn")), name, detail, codes, _notes(resource))


def _allergy(resource: Resource, name: str) -> Found:
    if code_of(resource.get("verificationStatus")) in ("refuted", "unconfirmed", "presumed"):
        return LeftOut("AllergyIntolerance", name, "not confirmed")
    if code_of(resource.get("clinicalStatus")) in ("inactive", "resolved"):
        return LeftOut("AllergyIntolerance", name, "resolved or inactive")
    day = day_of(resource.get("recordedDate"), resource.get("onsetDateTime"))
    return Entry("AllergyIntolerance", day, name, code_of(resource.get("type")), notes=_notes(resource))


def _notes(resource: Resource) -> tuple[str, ...]:
    return tuple(filter(None, (text(mapping(note).get("text")) for note in items(resource.get("note")))))


_BUILDERS: dict[str, Callable[[Resource, str], Found]] = {
    "Condition": _condition,
    "Procedure": _procedure,
    "MedicationRequest": _medication,
    "MedicationStatement": _medication,
    "Observation": _observation,
    "ServiceRequest": _request,
    "AllergyIntolerance": _allergy,
    "FamilyMemberHistory": lambda resource, name: None,
}
