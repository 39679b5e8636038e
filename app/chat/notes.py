"""From a file to the text of a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.given import LONGEST_TEXT
from ingest.extract.file_text import extract_text
from ingest.extract.models import Kind
from rag.case.fhir_text import fhir_text
from rag.errors import UserError
from rag.knowledge.library import Knowledge

FILE_TYPES: Final = ("txt", "pdf", "docx", "json")


@dataclass(frozen=True)
class ReadNote:
    """``notices`` are sentences for the user about what is not in the text, and why."""

    text: str
    notices: tuple[str, ...]


def read_note(name: str, content: bytes, knowledge: Knowledge) -> ReadNote:
    """The text of a file. Raises ``ExtractError`` and ``FhirError`` with what to do."""
    extracted = extract_text(name, content)
    if extracted.kind is Kind.JSON:
        record = fhir_text(extracted.text, name=name, knowledge=knowledge, longest=LONGEST_TEXT)
        return ReadNote(record.text, (*extracted.notices, *record.notices))
    return ReadNote(extracted.text, extracted.notices)


def check_length(text: str, what: str) -> None:
    """Raises ``UserError`` for more than is read at once; half a record would mislead."""
    if len(text) > LONGEST_TEXT:
        raise UserError(
            f"The {what} has {len(text):,} characters; at most {LONGEST_TEXT:,} are read. "
            "Cut it down to what the request is about, then send it again. Nothing was sent."
        )
