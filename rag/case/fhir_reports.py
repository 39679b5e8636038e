"""Reports and documents of a record: what a clinician wrote in words, carried inside the bundle itself."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from rag.case.fhir_json import Resource, code_of, day_of, items, mapping, text
from rag.case.fhir_words import name_of

#: FHIR R4, diagnostic-report-status, document-reference-status and composition-status: finished and not withdrawn.
#: Others, and words that are none of these, do not count; a status that is not given is no reason to doubt a report.
_STANDING = ("final", "amended", "corrected", "appended", "current", "")


@dataclass(frozen=True)
class Written:
    """``paragraphs`` are the words of the report; ``unread`` counts attachments of a kind that is not read."""

    day: str
    name: str
    paragraphs: tuple[str, ...]
    unread: int = 0


def written_of(resource: Resource) -> Written | None:
    """A report's conclusion and its attachments in plain text; None for other resources, withdrawn and unfinished ones.

    An attachment that is only an address is not fetched: it is counted as unread.
    """
    kind = text(resource.get("resourceType"))
    if kind not in ("DiagnosticReport", "DocumentReference") or resource.get("modifierExtension"):
        return None
    if any(code_of(resource.get(key)) not in _STANDING for key in ("status", "docStatus")):
        return None
    read = [_plain(attachment) for attachment in _attachments(resource)]
    conclusion = resource.get("conclusion")
    words = [conclusion if isinstance(conclusion, str) else "", *(found or "" for found in read)]
    paragraphs = tuple(paragraph for word in words if (paragraph := _tidy(word)))
    name = name_of(resource.get("code")) or name_of(resource.get("type")) or "a document"
    day = day_of(resource.get("effectiveDateTime"), resource.get("effectivePeriod"), resource.get("date"))
    unread = sum(1 for found in read if found is None)
    return Written(day or day_of(resource.get("issued")), name, paragraphs, unread)


def _attachments(resource: Resource) -> Iterator[Resource]:
    yield from (mapping(form) for form in items(resource.get("presentedForm")))
    yield from (mapping(mapping(content).get("attachment")) for content in items(resource.get("content")))


def _plain(attachment: Resource) -> str | None:
    kind, _, options = text(attachment.get("contentType")).lower().partition(";")
    data = attachment.get("data")
    if kind.strip() != "text/plain" or not isinstance(data, str):
        return None
    encoding = "cp1252" if "1252" in options or "8859-1" in options else "utf-8-sig"
    try:
        return base64.b64decode(data, validate=False).decode(encoding, "replace")
    except (binascii.Error, ValueError):
        return None


def _tidy(words: str) -> str:
    lines = (
        " ".join(line.split())
        for line in "".join(c if c.isprintable() or c in "\n\t" else " " for c in words).split("\n")
    )
    return "\n".join(line for line in lines if line)
