"""The note in a file a user gave: plain text, PDF, DOCX, or a FHIR record put into words."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.extract import Extracted, ExtractError, Kind, extract_text
from rag.case.fhir_text import fhir_text
from rag.case.knowledge import ReadingKnowledge
from rag.errors import UserError


@dataclass(frozen=True)
class Note:
    """``kind`` is what the file was; ``notices`` are sentences about what was not read as it stands."""

    text: str
    kind: Kind
    notices: tuple[str, ...] = ()


def note_of_file(name: str, content: bytes, *, knowledge: ReadingKnowledge, longest: int) -> Note:
    """The note in the file ``name``, of at most ``longest`` characters; a longer text is refused, not cut.

    A FHIR record that is longer keeps its newest entries, and a notice says so. Raises UserError.
    """
    try:
        extracted = extract_text(name, content)
    except ExtractError as error:
        raise UserError(str(error)) from None
    if extracted.kind is Kind.JSON:
        record = fhir_text(extracted.text, name=name, knowledge=knowledge, longest=longest)
        return Note(record.text, Kind.JSON, (*extracted.notices, *record.notices))
    if notice := too_long(extracted, longest=longest):
        raise UserError(f"{name}: {notice}")
    return Note(extracted.text, extracted.kind, extracted.notices)


def too_long(extracted: Extracted, *, longest: int) -> str:
    """What to tell a user whose text is longer than ``longest`` characters, with the pages it has; else empty."""
    size = len(extracted.text)
    if size <= longest:
        return ""
    fitting = max((page for page, start in extracted.pages.items() if start <= longest), default=1) - 1
    pages = f" (on {len(extracted.pages)} pages; the first {fitting} would fit)" if fitting else ""
    remedy = "Save the pages or paste the part that bears on the request."
    return f"the text has {size:,} characters{pages}; at most {longest:,} are read. {remedy}"
