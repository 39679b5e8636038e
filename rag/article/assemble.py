"""From a checked draft to numbered sections and a bibliography. Numbers count up from 1 in order of first use."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.documents import Document
from rag.article.draft import Cited, Draft, DraftClaim
from rag.article.models import Claim, Reference, Section
from rag.criteria.determination import Effective


def assemble(draft: Draft, documents: Mapping[str, Document]) -> tuple[tuple[Section, ...], tuple[Reference, ...]]:
    """Numbered sections, and one reference for each quote used."""
    numbers: dict[Cited, int] = {}

    def numbered(claim: DraftClaim) -> Claim:
        citations = tuple(numbers.setdefault(cited, len(numbers) + 1) for cited in claim.sources)
        return Claim(
            text=claim.text,
            basis=claim.basis,
            citations=citations,
            case_quotes=claim.case_quotes,
            criteria=tuple(dict.fromkeys(claim.criteria)),
        )

    sections = tuple(
        Section(id=section.id, heading=section.heading, claims=tuple(numbered(claim) for claim in section.claims))
        for section in draft.sections
    )
    return sections, tuple(_reference(n, cited, documents) for cited, n in numbers.items())


def _reference(n: int, cited: Cited, documents: Mapping[str, Document]) -> Reference:
    document_id, _, anchor = cited.source.partition("#")
    document = documents[document_id]
    section = document.section(anchor)
    if section is None:
        raise KeyError(cited.source)
    start = section.text.index(cited.quote)
    return Reference(
        n=n,
        document_id=document_id,
        anchor=anchor,
        title=document.title,
        publisher=document.publisher,
        version=cited.version or document.version,
        effective=cited.effective or Effective(start=document.effective.start, end=document.effective.end),
        last_checked=document.last_checked,
        url=document.url,
        quote=cited.quote,
        start=start,
        end=start + len(cited.quote),
    )
