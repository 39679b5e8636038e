"""Whether a search found anything that may be cited."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.retrieval.searcher import Hit

MIN_SIMILARITY = 0.4


def is_relevant(hits: Sequence["Hit"], *, min_similarity: float = MIN_SIMILARITY) -> bool:
    """True when some hit is near enough in meaning, or speaks about a code the query names.

    False is an answer: there is no source, and none may be cited.
    """
    return any(hit.similarity >= min_similarity or hit.matched_codes for hit in hits)
