"""The prefetched records of the patient in context, as one list of resources.

Source: CDS Hooks 2.0, Providing FHIR Resources to a CDS Service: a key may be missing (not sent), ``null`` (no data) or
hold an OperationOutcome (the client could not get it), and searches may come in pages. None of these is a "no".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.cds.discovery import COVERAGE_KEY, PREFETCH, RECORDS
from app.cds.errors import CdsError
from app.cds.fhir import Bundle, read
from app.cds.models import Request, Resource

_OUTCOME = "OperationOutcome"


@dataclass(frozen=True)
class Records:
    """``resources`` tell the patient's story; ``coverages`` hold coverages and the organisations they name.

    ``unsent``: prefetch keys nothing came for; ``cut``: keys of which only a first page came.
    """

    resources: tuple[Resource, ...]
    coverages: tuple[Resource, ...]
    unsent: tuple[str, ...]
    cut: tuple[str, ...]


def records_of(request: Request) -> Records:
    """Raises CdsError for a prefetched value of the wrong shape or of another patient."""
    prefetch = request.prefetch or {}
    found = {key: _resources(prefetch.get(key), f"prefetch.{key}") for key in PREFETCH}
    for key, resources in found.items():
        for resource in resources:
            refuse_other_patient(resource, request.context.patient_id, f"prefetch.{key}")
    return Records(
        resources=tuple(resource for key in RECORDS for resource in found[key]),
        coverages=tuple(found[COVERAGE_KEY]),
        unsent=tuple(key for key in PREFETCH if key not in prefetch or _failed(prefetch[key])),
        cut=tuple(key for key in PREFETCH if _has_more(prefetch.get(key))),
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


def _failed(value: Resource | None) -> bool:
    return value is not None and value.get("resourceType") == _OUTCOME


def _has_more(value: Resource | None) -> bool:
    links = value.get("link") if value and value.get("resourceType") == "Bundle" else None
    return isinstance(links, list) and any(isinstance(link, dict) and link.get("relation") == "next" for link in links)


def refuse_other_patient(resource: Resource, patient_id: str, place: str) -> None:
    """Raises CdsError where the resource says that it is about somebody else."""
    for reference in _patients(resource):
        if reference.partition("/_history/")[0].replace(":", "/").rpartition("/")[2] != patient_id:
            raise CdsError(place, "the resource is not of the patient in context.patientId", "Send that patient's")


def _patients(resource: Resource) -> Iterator[str]:
    """Who the resource is about, where it says so by a reference to a patient."""
    if resource.get("resourceType") == "Patient" and isinstance(resource.get("id"), str):
        yield resource["id"]
    for key in ("subject", "patient", "beneficiary"):
        holder = resource.get(key)
        reference = holder.get("reference") if isinstance(holder, dict) else None
        if isinstance(reference, str) and "Patient/" in reference:
            yield reference
