"""The words of coded things: a concept's name, its codes, a value with its unit."""

from __future__ import annotations

import re

from rag.case.fhir_json import Resource, codings, mapping, text

ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = (
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
)

#: Characters of a name. Descriptors of codes stay below; what is longer is a text in the wrong place.
LONGEST_NAME = 240
_STOPS = re.compile(r"[.?!;]+(?=\s|$)")


def name_of(concept: object) -> str:
    """What people call it: the text somebody wrote, else the name of a code. Empty when there is neither.

    One part of a sentence: a full stop in it would end what the line says of it.
    """
    written = text(mapping(concept).get("text")) or next((name for _, _, name in codings(concept) if name), "")
    plain = _STOPS.sub(",", written).strip(" ,")
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"


def diagnosis_codes(concept: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for system, code, _ in codings(concept) if system == ICD10CM and code))


def procedure_codes(concept: object) -> tuple[str, ...]:
    """CPT and HCPCS codes."""
    return tuple(dict.fromkeys(code for system, code, _ in codings(concept) if system in (CPT, *HCPCS) and code))


def coded_words(codes: tuple[str, ...]) -> str:
    """Procedure codes with the system people know them by."""
    return ", ".join(f"{'CPT' if code[0].isdigit() else 'HCPCS'} {code}" for code in codes)


def diagnosis_words(concept: object) -> str:
    """Name and ICD-10-CM code; SNOMED and other codes mean nothing to a policy. Empty when there is neither."""
    codes = ", ".join(diagnosis_codes(concept))
    name = name_of(concept)
    return f"{name} (ICD-10-CM {codes})" if name and codes else name or (f"ICD-10-CM {codes}" if codes else "")


def value_words(holder: Resource) -> str:
    """The value of an observation, or of a part of one, as written; empty when there is none of a kind read here."""
    if quantity := mapping(holder.get("valueQuantity")):
        return _quantity(quantity)
    if concept := mapping(holder.get("valueCodeableConcept")):
        return name_of(concept)
    if isinstance(holder.get("valueBoolean"), bool):
        return "yes" if holder["valueBoolean"] else "no"
    if range_ := mapping(holder.get("valueRange")):
        ends = [_quantity(mapping(range_.get(end))) for end in ("low", "high")]
        return " to ".join(end for end in ends if end)
    plain = text(holder.get("valueString")) or text(holder.get("valueInteger"))
    return _STOPS.sub(",", plain)[:LONGEST_NAME] or text(holder.get("valueDateTime"))[:10]


def _quantity(quantity: Resource) -> str:
    value = text(quantity.get("value"))
    unit = re.sub("[{}]", "", text(quantity.get("unit")) or text(quantity.get("code")))
    return f"{text(quantity.get('comparator'))}{value} {unit}".strip() if value else ""
