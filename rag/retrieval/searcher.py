"""Hybrid search over the index: near in meaning, equal in words, and only where the filters allow."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from ingest.index import Index, open_index
from ingest.passages import Passage
from rag.retrieval.codes import code_matches, codes_in
from rag.retrieval.filters import SearchFilters
from rag.retrieval.fusion import WEIGHTS, FusionWeights, fuse
from rag.retrieval.lexical import LexicalIndex

DEFAULT_K = 8
#: Each search contributes at least this many candidates to the fusion.
MIN_CANDIDATES = 50
#: Digits kept of a score: batches and builds differ in the seventh, and a tie must stay a tie.
SCORE_DIGITS = 5

NO_FILTERS = SearchFilters()


class Hit(BaseModel):
    """A passage found: `score` fused, `similarity` dense cosine (-1 to 1), `lexical` BM25 as share of the best.

    `coverage` is the share (0 to 1) of the query's weight whose words stand in the passage; `matched_codes` are the
    query's codes that the passage or its document speaks about.
    """

    model_config = ConfigDict(frozen=True)

    passage: Passage
    score: float
    similarity: float
    lexical: float
    coverage: float = 0.0
    matched_codes: tuple[str, ...] = ()


class Searcher:
    """Search over one index; the lexical half is built on the first query."""

    def __init__(self, index: Index, *, weights: FusionWeights = WEIGHTS) -> None:
        self.index = index
        self._weights = weights

    def with_weights(self, weights: FusionWeights) -> "Searcher":
        """The same index, both halves shared, fused otherwise."""
        other = Searcher(self.index, weights=weights)
        other.__dict__["_lexical"] = self._lexical
        return other

    def search(
        self,
        query: str,
        *,
        filters: SearchFilters = NO_FILTERS,
        k: int = DEFAULT_K,
        max_per_document: int | None = None,
    ) -> list[Hit]:
        """At most `k` hits, best first, ties by passage id. Raises FilterError for unknown filter values."""
        filters.check(self.index.passages)
        allowed = [passage for passage in self.index.passages if filters.allows(passage)]
        if not query.strip() or k < 1 or not allowed:
            return []
        hits = self._fused(query, allowed, filters, n=max(MIN_CANDIDATES, 4 * k))
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        checked = [hit for hit in hits if filters.allows(hit.passage)]
        return list(_diverse(checked, max_per_document))[:k]

    def _fused(self, query: str, allowed: Sequence[Passage], filters: SearchFilters, *, n: int) -> list[Hit]:
        lexical = self._by_id(self._lexical.scores(query))
        coverage = self._by_id(self._lexical.coverage(query))
        similarities = self._similarities(query, allowed, lexical, filters, n=n)
        weight = self._weights.lexical(self._lexical.precision(query))
        asked = codes_in(query)
        by_id = self.index.by_id
        return [
            Hit(
                passage=by_id[key],
                score=_round(fuse(similarity=similarity, lexical=lexical[key], lexical_weight=weight)),
                similarity=_round(similarity),
                lexical=_round(lexical[key]),
                coverage=_round(coverage[key]),
                matched_codes=_matched_codes(by_id[key], asked),
            )
            for key, similarity in similarities.items()
            if key in by_id  # a store may hold more than the passages of this corpus; it is never believed
        ]

    def _similarities(
        self,
        query: str,
        allowed: Sequence[Passage],
        lexical: dict[str, float],
        filters: SearchFilters,
        *,
        n: int,
    ) -> dict[str, float]:
        """Cosine similarity of every candidate: the nearest, and the best by words, looked up in the store."""
        vector = self.index.encoder.encode([query])[0]
        among = None if filters.is_empty else [passage.id for passage in allowed]
        found = dict(self.index.nearest(vector, n=min(n, len(allowed)), among=among))
        ids = sorted((passage.id for passage in allowed), key=lambda key: (-lexical.get(key, 0.0), key))[:n]
        missing = [key for key in ids if key not in found and lexical.get(key, 0.0) > 0]
        stored = self.index.vectors(missing) if missing else {}
        return found | {key: float(np.dot(vector, stored[key])) for key in stored}

    def _by_id(self, values: NDArray[np.float64]) -> dict[str, float]:
        return {passage.id: float(value) for passage, value in zip(self.index.passages, values, strict=True)}

    @cached_property
    def _lexical(self) -> LexicalIndex:
        return LexicalIndex(self.index.passages)


def search(
    query: str,
    *,
    filters: SearchFilters = NO_FILTERS,
    k: int = DEFAULT_K,
    max_per_document: int | None = None,
    index: Index | None = None,
) -> list[Hit]:
    """One search; whoever makes several keeps a Searcher. Without an index the default one is opened."""
    searcher = Searcher(index or open_index())
    return searcher.search(query, filters=filters, k=k, max_per_document=max_per_document)


def _round(value: float) -> float:
    return round(value, SCORE_DIGITS)


def _diverse(hits: Iterable[Hit], max_per_document: int | None) -> Iterable[Hit]:
    seen: Counter[str] = Counter()
    for hit in hits:
        seen[hit.passage.document_id] += 1
        if max_per_document is None or seen[hit.passage.document_id] <= max_per_document:
            yield hit


def _matched_codes(passage: Passage, asked: Sequence[str]) -> tuple[str, ...]:
    written = codes_in(passage.text)
    listed = (*passage.codes, *written)
    return tuple(code for code in asked if any(code_matches(known, code) for known in listed))
