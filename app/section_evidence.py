"""A section of the corpus as what a sentence rests on."""

from __future__ import annotations

from ingest.documents import Document, Section
from rag.guard.support.models import Evidence


def section_evidence(document: Document, section: Section) -> Evidence:
    """Its words, the names of its document, and whether anybody confirmed it."""
    names = f"{document.id} {document.title} {document.publisher} {document.version}"
    return Evidence(section.text, names, confirmed=section.basis != "unconfirmed")
