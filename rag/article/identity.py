"""What tells one article from another, whenever it was made."""

from __future__ import annotations

import hashlib
import json

from rag.article.models import Answer

#: So many hexadecimal digits of the hash are shown to people: 48 bits.
SHOWN = 12


def content_hash(answer: Answer) -> str:
    """SHA-256, in hexadecimal, of everything the article says but the state of its review and its time.

    For an article as it was submitted this is the hash an approval is bound to. Keys are sorted: an answer read back
    from a database that reorders them has the same hash.
    """
    content = answer.model_dump(mode="json", exclude={"review", "last_updated"})
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def short_id(answer: Answer, known: str | None = None) -> str:
    """The document id people read out and compare. ``known``: the content hash, where a review has one on file."""
    return (known or content_hash(answer))[:SHOWN]
