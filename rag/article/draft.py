"""What a writer returns: claims that name their sources; numbers, offsets and bibliography are added by code."""

from __future__ import annotations

from dataclasses import dataclass

from rag.article.models import CaseQuote, ClaimBasis
from rag.criteria.determination import Effective


@dataclass(frozen=True)
class Cited:
    """Words of a section: ``quote`` occurs in the text of ``source`` (``document-id#anchor``).

    ``version`` and ``effective`` name the version of a policy that was decided; ``None``: those of the document.
    """

    source: str
    quote: str
    version: str | None = None
    effective: Effective | None = None


@dataclass(frozen=True)
class DraftClaim:
    text: str
    basis: ClaimBasis
    sources: tuple[Cited, ...] = ()
    case_quotes: tuple[CaseQuote, ...] = ()
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftSection:
    id: str
    heading: str
    claims: tuple[DraftClaim, ...]


@dataclass(frozen=True)
class Draft:
    """Sections in order, the questions to ask next, and what limits the answer."""

    sections: tuple[DraftSection, ...]
    follow_ups: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()


def check(text: str, *criteria: str) -> DraftClaim:
    """A sentence that rests on the criteria check itself."""
    return DraftClaim(text, ClaimBasis.CHECK, criteria=criteria)
