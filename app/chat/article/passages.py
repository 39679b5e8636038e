"""The passages an article can open: those it cites, and those its criteria stand on."""

from __future__ import annotations

from app.chat.article.models import Passage, Source
from app.chat.article.text import safe, units, web_address
from ingest.documents import Document, Section
from rag.article.models import ConflictSide, Reference
from rag.article.words import version_words, window_words
from rag.criteria.determination import CriterionResult, Determination, Effective
from rag.knowledge.library import Knowledge

KINDS = {
    "policy": "coverage policy",
    "guideline": "clinical guideline",
    "evidence": "evidence",
    "safety": "safety communication",
    "regulation": "regulation",
}
BASIS = {
    "publisher": "confirmed in the publisher's own text",
    "secondary": "confirmed from secondary accounts, not in the publisher's own text",
    "unconfirmed": "reported, not confirmed",
}
_CHANGED = "the section has changed, or is gone, since the article was written: its words are shown as cited"


class Passages:
    """Collects passages and their sources, each once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._places: dict[Passage, int] = {}
        self.sources: dict[str, Source] = {}

    @property
    def found(self) -> tuple[Passage, ...]:
        return tuple(self._places)

    def cited(self, reference: Reference) -> int:
        """The place of a reference's passage: as the corpus has it, or as the reference alone tells it."""
        key = f"{reference.document_id}#{reference.anchor}"
        document, section = self._section(key)
        # The corpus may have moved on since the article was written: its words are no source of it then.
        current = section is not None and section.text[reference.start : reference.end] == reference.quote
        if document is None or section is None or not current:
            self.sources[key] = _of_reference(reference, document)
        else:
            self.sources.setdefault(key, _of_section(document, section))
        place = (reference.start, reference.end) if current else None
        return self._add(
            key, section, reference.quote, place, reference.version, reference.effective, page=reference.page
        )

    def of_criterion(self, row: CriterionResult, determination: Determination) -> int:
        """The place of the passage a criterion stands on."""
        document, section = self._section(row.source)
        if document is None or section is None:
            self.sources.setdefault(row.source, _unknown(determination))
            return self._add(row.source, None, row.quote, None, determination.version, determination.effective)
        self.sources.setdefault(row.source, _of_section(document, section))
        start = section.text.find(row.quote)
        place = (start, start + len(row.quote)) if start >= 0 else None
        return self._add(row.source, section, row.quote, place, determination.version, determination.effective)

    def of_side(self, side: ConflictSide) -> int:
        """The place of what a document says on a point of conflict, while the corpus still has it so."""
        key = f"{side.document_id}#{side.anchor}"
        document, section = self._section(key)
        current = section is not None and section.text[side.start : side.end] == side.quote
        if document is None or section is None or not current:
            self.sources.setdefault(key, _of_side(side))
            return self._add(key, None, side.quote, None, side.version, None)
        self.sources.setdefault(key, _of_section(document, section))
        window = Effective(start=document.effective.start, end=document.effective.end)
        return self._add(key, section, side.quote, (side.start, side.end), side.version, window)

    def _section(self, key: str) -> tuple[Document | None, Section | None]:
        document_id, _, anchor = key.partition("#")
        document = self._knowledge.documents.get(document_id)
        return document, document.section(anchor) if document else None

    def _add(
        self,
        key: str,
        section: Section | None,
        quote: str,
        place: tuple[int, int] | None,
        version: str | None,
        effective: Effective | None,
        *,
        page: int | None = None,
    ) -> int:
        start, end = _in_units(section.text, place) if section and place else (None, None)
        passage = Passage(
            source=safe(key),
            version=safe(version_words(version)),
            window=window_words(effective),
            quote=safe(quote),
            start=start,
            end=end,
            page=page,
        )
        return self._places.setdefault(passage, len(self._places))


def _in_units(text: str, place: tuple[int, int]) -> tuple[int, int]:
    start, end = place
    return units(text[:start]), units(text[:end])


def _of_section(document: Document, section: Section) -> Source:
    return Source(
        title=safe(document.title),
        publisher=safe(document.publisher),
        kind=KINDS.get(document.kind, document.kind),
        heading=safe(section.heading),
        text=safe(section.text),
        last_checked=document.last_checked.isoformat(),
        basis=BASIS.get(section.basis, section.basis),
        basis_note=safe(document.basis_note) if document.basis_note else None,
        url=web_address(document.url),
    )


def _of_reference(reference: Reference, document: Document | None) -> Source:
    return Source(
        title=safe(reference.title),
        publisher=safe(reference.publisher),
        kind=KINDS.get(document.kind, document.kind) if document else "document",
        heading=safe(reference.anchor.replace("-", " ")),
        text=None,
        last_checked=reference.last_checked.isoformat(),
        basis=_CHANGED,
        basis_note=None,
        url=web_address(reference.url),
    )


def _of_side(side: ConflictSide) -> Source:
    return Source(
        title=safe(side.title),
        publisher=safe(side.publisher),
        kind=KINDS.get(side.kind, "document"),
        heading=safe(side.anchor.replace("-", " ")),
        text=None,
        last_checked="not known",
        basis=_CHANGED,
        basis_note=None,
        url=None,
    )


def _unknown(determination: Determination) -> Source:
    return Source(
        title=safe(determination.title),
        publisher=safe(determination.payer),
        kind=KINDS["policy"],
        heading="",
        text=None,
        last_checked="not known",
        basis="the corpus no longer holds this document",
        basis_note=None,
        url=None,
    )
