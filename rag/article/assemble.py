"""From a checked draft to numbered sections and a bibliography. Numbers count up from 1 in order of first use."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.documents import Document
from rag.article.draft import Cited, DraftClaim, DraftSection
from rag.article.models import Claim, Reference, Section
from rag.criteria.determination import Effective


class Bibliography:
    """Numbers citations as sections come, one number for each quote used."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._numbers: dict[Cited, int] = {}

    def number(self, section: DraftSection) -> Section:
        """The section with its citations numbered."""
        return Section(
            id=section.id, heading=section.heading, claims=tuple(self._numbered(claim) for claim in section.claims)
        )

    def references(self, *, after: int = 0) -> tuple[Reference, ...]:
        """The references with numbers above ``after``, in order."""
        return tuple(_reference(n, cited, self._documents) for cited, n in self._numbers.items() if n > after)

    def _numbered(self, claim: DraftClaim) -> Claim:
        citations = dict.fromkeys(self._numbers.setdefault(cited, len(self._numbers) + 1) for cited in claim.sources)
        return Claim(
            text=claim.text,
            basis=claim.basis,
            citations=tuple(citations),
            case_quotes=claim.case_quotes,
            criteria=tuple(dict.fromkeys(claim.criteria)),
        )


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
