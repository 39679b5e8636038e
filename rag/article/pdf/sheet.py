"""What stands round the blocks of a document and on each of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rag.article.identity import short_id
from rag.article.models import Answer, Review

PURPOSE: Final = "For education and preparation of a review. A person decides: nothing here approves or denies care."
_REVIEW: Final = {
    "submitted": "submitted, pending human review",
    "under_review": "under review by a person",
    "approved": "approved as a text by a person",
}


@dataclass(frozen=True)
class Sheet:
    """``kind`` names the sort of document; ``title`` and ``subject`` are its metadata; ``details`` its first table.

    ``supposed``: what a hypothetical supposes. ``written`` is the time the metadata give: no clock is read.
    """

    kind: str
    title: str
    subject: str
    document_id: str
    written: datetime
    reviewed: str
    details: tuple[tuple[str, str], ...] = ()
    supposed: str | None = None

    @property
    def mark(self) -> str:
        """What a hypothetical says on each page; empty for any other document."""
        return f"HYPOTHETICAL, not in the record. Supposed: {self.supposed}" if self.supposed else ""


def article_sheet(answer: Answer, *, known_hash: str | None = None) -> Sheet:
    """``known_hash``: the content hash a review has on file; else it is computed."""
    document_id = short_id(answer, known_hash)
    verdict = answer.verdict
    return Sheet(
        kind="Coverage policy and guideline review",
        title=verdict.headline if verdict and verdict.headline else "Guideline and policy article",
        subject=PURPOSE,
        document_id=document_id,
        written=answer.last_updated,
        reviewed=review_words(answer.review),
        details=_details(answer, document_id),
        supposed=answer.hypothesis,
    )


def letter_sheet(answer: Answer, *, known_hash: str | None = None) -> Sheet:
    """The sheet of the letter of missing documentation: of the same article, and not reviewed by itself."""
    return Sheet(
        kind="Request for missing documentation",
        title="Request for missing documentation",
        subject=PURPOSE,
        document_id=short_id(answer, known_hash),
        written=answer.last_updated,
        reviewed="a draft until a person has read and signed it",
        supposed=answer.hypothesis,
    )


def review_words(review: Review) -> str:
    by = f" ({review.reviewer})" if review.reviewer else ""
    at = f" on {review.at:%Y-%m-%d}" if review.at else ""
    return f"{_REVIEW[review.status]}{by}{at}"


def _details(answer: Answer, document_id: str) -> tuple[tuple[str, str], ...]:
    provenance = answer.provenance
    return (
        ("Review status", review_words(answer.review)),
        ("Document", f"{document_id}, written for a {answer.audience.value}"),
        ("Last updated", f"{answer.last_updated:%Y-%m-%d %H:%M %Z}".rstrip()),
        ("Made with", f"guideline-qa {provenance.software_version}, corpus {provenance.corpus_hash[:12]}"),
    )
