"""The hash an approval is bound to."""

from __future__ import annotations

from app.review.shown import disclaimer_apart_from_review
from app.store.digests import sha256
from rag.article.models import Answer


def content_hash(answer: Answer) -> str:
    """SHA-256 in hexadecimal over the canonical JSON of all that a reviewer judges.

    ``review`` and ``last_updated`` are left out, and so is what the disclaimer says of the review: the hash of an
    article is the same before and after its approval.
    """
    content = answer.model_dump(mode="json", exclude={"review", "last_updated"})
    return sha256(content | {"disclaimer": disclaimer_apart_from_review(answer)})
