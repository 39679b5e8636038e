"""The prefetched records of the patient in context, as one list of resources.

Source: CDS Hooks 2.0, Providing FHIR Resources to a CDS Service: a key may be missing (not sent), ``null`` (no data) or
hold an OperationOutcome (the client could not get it), and searches may come in pages. None of these is a "no".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.cds.discovery import COVERAGE_KEY, KINDS, PREFETCH, RECORDS
from app.cds.errors import CdsError
from app.cds.fhir import Bundle, read
from app.cds.left_out import Tally
from app.cds.limits import check_records
from app.cds.models import Request, Resource
from app.cds.references import names

_OUTCOME = "OperationOutcome"
#: Kinds without a patient of their own: what a medication is and who insures.
_OF_NOBODY = ("Medication", "Organization")


@dataclass(frozen=True)
class Records:
    """``resources`` tell the patient's story; ``coverages`` hold coverages and the organisations they name.

    ``unsent``: prefetch keys nothing came for; ``cut``: keys of which only a first page came; ``left_out``: sentences
    on what came and cannot be used on any day.
    """

    resources: tuple[Resource, ...]
    coverages: tuple[Resource, ...]
    unsent: tuple[str, ...]
    cut: tuple[str, ...]
    left_out: tuple[str, ...]


def records_of(request: Request) -> Records:
    """Raises CdsError for a prefetched value of the wrong shape, of another patient, or more than can be read."""
    prefetch = request.prefetch or {}
    tally = Tally()
    sent = {key: _resources(prefetch.get(key), f"prefetch.{key}") for key in PREFETCH}
    check_records([resource for resources in sent.values() for resource in resources])
    found = {key: _of_patient(key, resources, request.context.patient_id, tally) for key, resources in sent.items()}
    return Records(
        resources=tuple(resource for key in RECORDS for resource in found[key]),
        coverages=tuple(found[COVERAGE_KEY]),
        unsent=tuple(key for key in PREFETCH if key not in prefetch or _failed(prefetch[key])),
        cut=tuple(key for key in PREFETCH if _has_more(prefetch.get(key))),
        left_out=tally.notices(),
    )


def _resources(value: Resource | None, place: str) -> list[Resource]:
    if value is None:
        return []
    kind = value.get("resourceType")
    if not isinstance(kind, str):
        raise CdsError(f"{place}.resourceType", "the value is no FHIR resource")
    if kind != "Bundle":
        return [] if kind == _OUTCOME else [value]
    bundle = read(Bundle, value, place)
    resources = [entry.resource for entry in bundle.entry if entry.resource is not None]
    return [resource for resource in resources if resource.get("resourceType") != _OUTCOME]


def _of_patient(key: str, resources: list[Resource], patient_id: str, tally: Tally) -> list[Resource]:
    """Of what came under a key, what its query asks for, is said to be of this patient and comes in one version."""
    kept: list[Resource] = []
    for resource in resources:
        if resource.get("resourceType") not in KINDS[key]:
            tally.add(key, "of a kind the query does not ask for")
        elif _is_of_patient(resource, patient_id, f"prefetch.{key}"):
            kept.append(resource)
        else:
            tally.add(key, "that do not say whose they are")
    return _in_one_version(key, kept, tally)


def _is_of_patient(resource: Resource, patient_id: str, place: str) -> bool:
    if resource.get("resourceType") in _OF_NOBODY:
        return True
    refuse_other_patient(resource, patient_id, place)
    if resource.get("resourceType") == "Patient":
        return resource.get("id") == patient_id
    return bool(_subjects(resource))


def _in_one_version(key: str, resources: list[Resource], tally: Tally) -> list[Resource]:
    """Two states of one resource contradict each other, and nothing here tells which is the last."""
    kept = []
    for resource in resources:
        name = (resource.get("resourceType"), resource.get("id"))
        same = [other for other in resources if (other.get("resourceType"), other.get("id")) == name]
        if name[1] is not None and any(other != resource for other in same):
            tally.add(key, "that came in several states")
        else:
            kept.append(resource)
    return kept


def _failed(value: Resource | None) -> bool:
    return value is not None and value.get("resourceType") == _OUTCOME


def _has_more(value: Resource | None) -> bool:
    links = value.get("link") if value and value.get("resourceType") == "Bundle" else None
    return isinstance(links, list) and any(isinstance(link, dict) and link.get("relation") == "next" for link in links)


def refuse_other_patient(resource: Resource, patient_id: str, place: str) -> None:
    """Raises CdsError where the resource says that it is about somebody or something else."""
    other = resource.get("resourceType") == "Patient" and resource.get("id") not in (None, patient_id)
    if other or not all(names(reference, "Patient", patient_id) for reference in _subjects(resource)):
        raise CdsError(place, "the resource is not of the patient in context.patientId", "Send that patient's")


def _subjects(resource: Resource) -> list[str]:
    """Who the resource is about, where it says so by a reference."""
    holders: Iterable[object] = (resource.get(key) for key in ("subject", "patient", "beneficiary"))
    found = [holder.get("reference") for holder in holders if isinstance(holder, dict)]
    return [reference for reference in found if isinstance(reference, str)]
