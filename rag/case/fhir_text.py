"""A FHIR R4 record as a note that people and the reader can read: a line for each entry, oldest first."""

from __future__ import annotations

from dataclasses import dataclass

from rag.case.fhir_entries import Entry, LeftOut, entry_of
from rag.case.fhir_json import FhirError, Resource, items, mapping, resources_of, text
from rag.case.fhir_notices import of_left_out, of_length, of_repeated, of_unread
from rag.case.fhir_reports import Written, written_of
from rag.case.fhir_wording import establishes_only, line_of
from rag.case.knowledge import ReadingKnowledge


@dataclass(frozen=True)
class FhirText:
    """``notices`` are sentences for the user: what the note does not hold of the record, and why."""

    text: str
    notices: tuple[str, ...]


def fhir_text(content: str, *, name: str, knowledge: ReadingKnowledge, longest: int | None = None) -> FhirText:
    """The note of a resource or bundle in the file ``name``, of at most ``longest`` characters.

    Names, identifiers, addresses and dates of birth are not taken over, nothing is fetched, and of an observation made
    several times the newest counts. Where the note would be longer, the oldest entries give way. Raises FhirError.
    """
    resources = resources_of(content, name=name)
    _refuse_several_patients(resources, name)
    found = [entry_of(_with_medication(resource, resources)) for resource in resources]
    entries, repeated = _newest_observations([entry for entry in found if isinstance(entry, Entry)])
    written = [report for resource in resources if (report := written_of(resource)) is not None]
    parts: list[Entry | Written] = [*entries, *(report for report in written if report.paragraphs)]
    parts.sort(key=lambda part: part.day)
    if not parts:
        raise FhirError(name, "the record holds nothing a request could rest on")
    most = None if longest is None else longest - len(_sex(resources))
    lines, dropped, unworded = _newest_lines(parts, knowledge, most=most)
    if not lines:
        raise FhirError(name, "no entry of the record can be put into a note that is short and clear enough")
    left_out = [*found, *(LeftOut(part.kind, part.name, "whose name could be misread") for part in unworded)]
    notices = (*of_length(dropped, longest), *of_left_out(left_out), *of_repeated(repeated), *of_unread(written))
    return FhirText("\n".join(filter(None, (_sex(resources), *lines))), notices)


def _refuse_several_patients(resources: list[Resource], name: str) -> None:
    patients = {_last(text(r.get("id"))) for r in resources if r.get("resourceType") == "Patient"}
    patients |= {reference for resource in resources if (reference := _subject(resource))}
    if len(patients - {""}) > 1:
        raise FhirError(name, f"the file holds the records of {len(patients - {''})} patients")


def _subject(resource: Resource) -> str:
    holder = resource.get("subject") or resource.get("patient")
    reference = text(mapping(holder).get("reference"))
    known = any(part in reference for part in ("Group/", "Device/", "Location/", "Specimen/"))
    return "" if known or reference.startswith("#") else _last(reference)


def _last(reference: str) -> str:
    """The id at the end of a reference, however it is written: Patient/1, urn:uuid:1, https://.../Patient/1."""
    return reference.partition("/_history/")[0].replace(":", "/").rpartition("/")[2]


def _with_medication(resource: Resource, resources: list[Resource]) -> Resource:
    """A medication that is only referred to is looked up among what came along, never fetched."""
    reference = text(mapping(resource.get("medicationReference")).get("reference"))
    if not reference:
        return resource
    known = [*(mapping(inner) for inner in items(resource.get("contained"))), *resources]
    wanted = _last(reference.removeprefix("#"))
    named = next((r for r in known if r.get("resourceType") == "Medication" and text(r.get("id")) == wanted), {})
    return {**resource, "medicationCodeableConcept": mapping(named.get("code"))}


def _newest_observations(entries: list[Entry]) -> tuple[list[Entry], int]:
    newest = {entry.name: entry for entry in sorted(entries, key=lambda e: e.day) if entry.kind == "Observation"}
    kept = [entry for entry in entries if entry.kind != "Observation" or newest[entry.name] is entry]
    return list(dict.fromkeys(kept)), len(entries) - len(kept)


def _newest_lines(
    parts: list[Entry | Written], knowledge: ReadingKnowledge, *, most: int | None
) -> tuple[list[str], list[Entry | Written], list[Entry]]:
    """The newest parts in words, in their order, the parts that are too old to fit, and those that have no wording.

    It ends at the first that does not fit, so that no gap is hidden.
    """
    lines: list[str] = []
    unworded: list[Entry] = []
    for place in reversed(range(len(parts))):
        part = parts[place]
        line = _entry_text(part, knowledge) if isinstance(part, Entry) else _report_text(part, knowledge)
        if line is None:
            unworded += [part] if isinstance(part, Entry) else []
        elif most is not None and sum(len(before) + 1 for before in lines) + len(line) + 1 > most:
            return lines, parts[: place + 1], unworded
        else:
            lines.insert(0, line)
    return lines, [], unworded


def _entry_text(entry: Entry, knowledge: ReadingKnowledge) -> str | None:
    line = line_of(entry, knowledge)
    return None if line is None else "\n".join((line, *entry.notes))


def _report_text(report: Written, knowledge: ReadingKnowledge) -> str:
    heading = f"{report.day or 'Undated'}: What was reported or documented: {report.name}:"
    if not establishes_only(heading, (), knowledge):
        heading = f"{report.day or 'Undated'}: What was reported or documented:"
    return "\n" + "\n".join((heading, *report.paragraphs)) + "\n"


def _sex(resources: list[Resource]) -> str:
    patient = next((r for r in resources if r.get("resourceType") == "Patient"), {})
    sex = text(patient.get("gender"))
    return f"Patient: {sex}." if sex in ("female", "male") else ""
