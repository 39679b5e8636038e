"""The services a client finds at ``/cds-services``, and what each asks to have prefetched.

Sources: CDS Hooks 2.0, Discovery and Prefetch Template (only tokens of ``context``; ``null`` where there is no data);
US Core for the categories of reports and notes. Each template asks for what the reader of records can use, no more.
"""

from __future__ import annotations

from app.cds.errors import CdsError
from app.cds.models import Discovery, Hook, Request, Service
from rag.errors import UnknownName

_PATIENT = "patient={{context.patientId}}"
COVERAGE_KEY = "coverage"
#: Keys whose resources tell the patient's story, with the queries that bring them.
RECORDS = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": f"Condition?{_PATIENT}&clinical-status=active",
    "procedures": f"Procedure?{_PATIENT}&status=completed",
    "medications": f"MedicationRequest?{_PATIENT}&status=active",
    "allergies": f"AllergyIntolerance?{_PATIENT}&clinical-status=active",
    "reports": f"DiagnosticReport?{_PATIENT}&category=LP29684-5&_sort=-date&_count=20",
    "notes": f"DocumentReference?{_PATIENT}&category=clinical-note&_sort=-date&_count=20",
}
PREFETCH = {COVERAGE_KEY: f"Coverage?{_PATIENT}&status=active&_include=Coverage:payor"} | RECORDS
#: Kinds of resource that each query asks for or includes. What else comes under a key is not what was asked for.
KINDS = {
    COVERAGE_KEY: ("Coverage", "Organization"),
    "patient": ("Patient",),
    "conditions": ("Condition",),
    "procedures": ("Procedure",),
    "medications": ("MedicationRequest", "Medication"),
    "allergies": ("AllergyIntolerance",),
    "reports": ("DiagnosticReport",),
    "notes": ("DocumentReference",),
}

_WHEN = {Hook.ORDER_SELECT: "when an order is selected", Hook.ORDER_SIGN: "when orders are signed"}
_DESCRIPTION = (
    "Checks an ordered procedure against digests of payers' coverage policies, {when}: which criteria the record "
    "meets, which it does not, and which documentation is missing. It never denies care; a person decides."
)
_USAGE = (
    "Reads procedure codes in CPT or HCPCS, diagnoses in ICD-10-CM and the prefetched FHIR R4 records. What is not "
    "prefetched counts as not documented; nothing is fetched from the FHIR server. What is requested is read from the "
    "order alone. Notes and reports count where they are finished, of this patient and dated in the 30 days before the "
    "service; what was left out is told on the card."
)


def discovery() -> Discovery:
    return Discovery(services=tuple(_service(hook) for hook in Hook))


def service_called(service_id: str, request: Request) -> Service:
    """The service of this id. Raises UnknownName, and CdsError where the request is of another hook."""
    known = {service.id: service for service in discovery().services}
    if service_id not in known:
        raise UnknownName("CDS service", service_id, list(known))
    found = known[service_id]
    if request.hook is not found.hook:
        raise CdsError("hook", f"the service {found.id} is for {found.hook}", f"Call it with the hook {found.hook}")
    return found


def _service(hook: Hook) -> Service:
    return Service(
        hook=hook,
        id=f"coverage-criteria-{hook}",
        title="Coverage criteria and missing documentation",
        description=_DESCRIPTION.format(when=_WHEN[hook]),
        prefetch=PREFETCH,
        usage_requirements=_USAGE,
    )
