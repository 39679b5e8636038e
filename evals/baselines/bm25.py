"""BM25 as the literature has it (Robertson, in Lucene's form), with scores that compare between questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.tokens import tokenize

Scores = NDArray[np.float64]


class Bm25:
    """Over texts, in memory."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._tokens = [tokenize(text) for text in texts]
        self._frequencies = Counter(token for tokens in self._tokens for token in set(tokens))

    def scores(self, query: str) -> Scores:
        """Of each text, in order: its BM25 score as a share, 0 to 1, of what a text of nothing but the query's words
        could reach. A word that stands nowhere counts in full: a question about something else scores low.
        """
        tokens = tokenize(query)
        known = [token for token in tokens if token in self._frequencies]
        if not known:
            return np.zeros(len(self._tokens))
        found = np.asarray(self._index.get_scores(known), dtype=np.float64)
        return found / sum(map(self._weight, tokens))

    def coverage(self, query: str, texts: Sequence[str]) -> Scores:
        """Of each of other texts: the share, 0 to 1, of the query's weight whose words stand in it."""
        wanted = sorted(set(tokenize(query)))
        whole = sum(map(self._weight, wanted)) or 1.0
        held = [set(tokenize(text)) for text in texts]
        return np.array([sum(self._weight(token) for token in wanted if token in one) / whole for one in held])

    def _weight(self, token: str) -> float:
        """Inverse document frequency: the most one occurrence of the token can add to a score."""
        frequency = self._frequencies[token]
        return float(np.log1p((len(self._tokens) - frequency + 0.5) / (frequency + 0.5)))

    @cached_property
    def _index(self) -> Any:
        import bm25s

        index = bm25s.BM25(method="lucene")
        index.index(self._tokens, show_progress=False)
        return index
