"""BM25 over the passages, in memory."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.passages import Passage
from rag.retrieval.codes import code_system
from rag.retrieval.tokens import is_precise, tokenize

#: A term in at most this share of the passages is rare: a drug's or a society's name, not "injection".
RARE_SHARE = 0.02


class LexicalIndex:
    """Scores for all passages at once, in the order they were given."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._tokens = [tokenize(_lexical_text(passage)) for passage in passages]

    def scores(self, query: str) -> NDArray[np.float64]:
        """BM25 scores divided by the best of this query: 0 to 1, all 0 when no word of it occurs anywhere."""
        known = [token for token in tokenize(query) if token in self._frequencies]
        if not known:
            return np.zeros(len(self._tokens))
        scores = np.asarray(self._bm25.get_scores(known), dtype=np.float64)
        best = scores.max(initial=0.0)
        return scores / best if best > 0 else np.zeros(len(self._tokens))

    def coverage(self, query: str) -> NDArray[np.float64]:
        """Per passage, the share (0 to 1) of the query's weight whose words stand in it."""
        weights = self._weights(query)
        total = sum(weights.values())
        held = [sum(weights[token] for token in weights.keys() & tokens) for tokens in self._token_sets]
        return np.asarray(held) / total if total else np.zeros(len(held))

    def precision(self, query: str) -> float:
        """Share (0 to 1) of the query's weight lying in codes, levels and rare words that the passages hold."""
        weights = self._weights(query)
        total = sum(weights.values())
        if not total:
            return 0.0
        return sum(weight for token, weight in weights.items() if self._leads(token)) / total

    def _leads(self, token: str) -> bool:
        frequency = self._frequencies.get(token, 0)
        return frequency > 0 and (is_precise(token) or frequency <= max(1.0, RARE_SHARE * len(self._tokens)))

    def _weights(self, query: str) -> dict[str, float]:
        return {token: self._weight(token) for token in sorted(set(tokenize(query)))}

    def _weight(self, token: str) -> float:
        """Inverse document frequency; a word that occurs nowhere weighs as much as one that occurs once."""
        count = len(self._tokens)
        frequency = max(self._frequencies.get(token, 0), 1)
        return float(np.log1p((count - frequency + 0.5) / (frequency + 0.5)))

    @cached_property
    def _token_sets(self) -> list[frozenset[str]]:
        return [frozenset(tokens) for tokens in self._tokens]

    @cached_property
    def _frequencies(self) -> Counter[str]:
        return Counter(token for tokens in self._token_sets for token in tokens)

    @cached_property
    def _bm25(self) -> Any:
        import bm25s

        model = bm25s.BM25()
        model.index(self._tokens, show_progress=False)
        return model


def _lexical_text(passage: Passage) -> str:
    """Procedure codes count as words of each passage of their document; diagnosis lists would drown it."""
    procedures = [code for code in passage.codes if code_system(code) == "cpt"]
    return " ".join((passage.title, passage.heading, passage.text, *procedures))
