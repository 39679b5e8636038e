"""The citation guard: what a sentence cites exists, is found there, and holds every number the sentence gives.

This is the core every article passes. Semantic support, negation and named entities join it with the model writer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.documents import Document
from rag.article.draft import Cited, DraftClaim
from rag.article.models import ClaimBasis

NEEDS_SOURCE = frozenset({ClaimBasis.POLICY, ClaimBasis.EVIDENCE})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def citation_problem(claim: DraftClaim, documents: Mapping[str, Document]) -> str | None:
    """Why the claim may not stand, or ``None``."""
    if claim.basis not in NEEDS_SOURCE:
        return "a sentence on the record or the check cites no document" if claim.sources else None
    if not claim.sources:
        return "no source"
    for cited in claim.sources:
        if problem := _missing(cited, documents):
            return problem
    known = set().union(*(_numbers_of(cited, documents) for cited in claim.sources))
    said = _without_names(claim.text, documents)
    unsupported = [number for number in _NUMBER.findall(said) if number not in known]
    return f"the number {unsupported[0]} does not stand in what it cites" if unsupported else None


def _without_names(text: str, documents: Mapping[str, Document]) -> str:
    """The sentence without the ids of documents: their digits are names, not numbers."""
    return re.sub(r"[a-z0-9]+(?:-[a-z0-9]+)+", lambda found: "" if found[0] in documents else found[0], text)


def _missing(cited: Cited, documents: Mapping[str, Document]) -> str | None:
    document_id, _, anchor = cited.source.partition("#")
    document = documents.get(document_id)
    section = document.section(anchor) if document else None
    if section is None:
        return f"no section {cited.source}"
    return None if cited.quote and cited.quote in section.text else f"the quote is not in {cited.source}"


def _numbers_of(cited: Cited, documents: Mapping[str, Document]) -> set[str]:
    """Numbers of the section, and of what names the document: id, title, publisher, version."""
    document_id, _, anchor = cited.source.partition("#")
    document = documents[document_id]
    section = document.section(anchor)
    held = f"{section.text if section else ''} {document.id} {document.title} {document.publisher} {document.version}"
    return set(_NUMBER.findall(held))
