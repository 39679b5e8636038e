"""Sentences taken from digests: the first sentence of each passage found, which stands alone by the corpus's rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rag.article import plan
from rag.article.draft import Cited, DraftClaim
from rag.article.models import ClaimBasis
from rag.article.sentences import first_sentence
from rag.retrieval.searcher import Hit


def passage_claims(hits: Iterable[Hit]) -> list[DraftClaim]:
    """One claim per passage, in order of rank; the same sentence is said once."""
    claims: dict[str, DraftClaim] = {}
    for hit in hits:
        passage = hit.passage
        sentence = first_sentence(passage.text)
        if not sentence or passage.flagged:
            continue
        basis = ClaimBasis.POLICY if passage.kind == "policy" else ClaimBasis.EVIDENCE
        source = Cited(f"{passage.document_id}#{passage.anchor}", sentence)
        claims.setdefault(sentence, DraftClaim(sentence, basis, (source,)))
    return list(claims.values())


def said_once(
    bodies: Iterable[tuple[plan.Part, list[DraftClaim]]],
) -> Iterator[tuple[plan.Part, tuple[DraftClaim, ...]]]:
    """A sentence on the same criteria stands in the first part that has it."""
    said: set[tuple[str, tuple[str, ...]]] = set()
    for part, claims in bodies:
        kept = tuple(claim for claim in claims if (claim.text, claim.criteria) not in said)
        said |= {(claim.text, claim.criteria) for claim in kept}
        yield part, kept
