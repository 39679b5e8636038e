"""FHIR R4 JSON, opened with care: whatever shape a file has, asking it for something gives that or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rag.errors import UserError

Resource = dict[str, Any]

#: What a bundle may be. Others hold requests, answers or several states of one resource, not a record.
BUNDLES = ("collection", "searchset", "document", "transaction", "batch")
REMEDY = "Export the record of one patient as FHIR R4 JSON, or paste the note as text"


class FhirError(UserError):
    """JSON that is no FHIR record of one patient; says which file, what is wrong and what to do."""

    def __init__(self, name: str, problem: str, remedy: str = REMEDY) -> None:
        super().__init__(f"{name}: {problem}. {remedy}.")


def resources_of(content: str, *, name: str) -> list[Resource]:
    """The resources of a bundle, or the one there is, each once. Raises FhirError."""
    data = _parsed(content, name=name)
    kind = data.get("resourceType")
    if not isinstance(kind, str):
        raise FhirError(name, "the JSON is no FHIR resource: it has no resourceType")
    if kind != "Bundle":
        return [data]
    if data.get("type") not in BUNDLES:
        raise FhirError(name, f"a bundle of type {text(data.get('type')) or 'unknown'} is no record")
    found = [mapping(mapping(entry).get("resource")) for entry in items(data.get("entry"))]
    known = [resource for resource in found if text(resource.get("resourceType"))]
    if not known:
        raise FhirError(name, "the bundle holds no resource")
    unique = {(text(r.get("resourceType")), text(r.get("id")) or str(place)): r for place, r in enumerate(known)}
    return list(unique.values())


def _parsed(content: str, *, name: str) -> Resource:
    # Numbers stay as they are written: rounding could carry a value over a threshold.
    try:
        data = json.loads(content, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise FhirError(name, "the file is not valid JSON; it may be cut off") from None
    if not isinstance(data, dict):
        raise FhirError(name, "the JSON is no FHIR resource")
    return data


def mapping(value: object) -> Resource:
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """A list as it is; a single object, as older versions write it, as a list of one."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []


def text(value: object) -> str:
    """A word or number of the file as one line of text, empty when it is something else."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def codings(concept: object) -> Iterator[tuple[str, str, str]]:
    """(system, code, display) of a CodeableConcept."""
    for coding in items(mapping(concept).get("coding")):
        found = mapping(coding)
        yield text(found.get("system")), text(found.get("code")), text(found.get("display"))


def code_of(concept: object) -> str:
    """The first code of a concept whose codes the standard fixes (a status); an older version's bare word as well.

    Where there is no code, the concept's words in lower case: a status said in words is not a status left open.
    """
    coded = next((code for _, code, _ in codings(concept) if code), "")
    return text(concept) or coded or text(mapping(concept).get("text")).lower()


def day_of(*values: object) -> str:
    """The first of the dates given, as far as it is known (2024, 2024-05, 2024-05-01); a period gives its start."""
    for value in values:
        found = text(value) or text(mapping(value).get("start")) or text(mapping(value).get("end"))
        if found[:4].isdigit():
            return found[:10]
    return ""
