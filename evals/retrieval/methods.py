"""The search as users have it, beside a drawn order, words alone and vectors alone: each ranks the same units."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evals.baselines.bm25 import Bm25
from evals.baselines.plain import DIGITS
from evals.frame.measuring import Methods
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.retrieval.judged import Judged, Ranking
from ingest.passages import Passage
from rag.retrieval.searcher import Searcher

UnitOf = Callable[[Passage], str]


@dataclass(frozen=True)
class Depth:
    """How many passages are asked for, and how many units of them are ranked."""

    passages: int
    units: int


def retrieval_methods(searcher: Searcher, unit_of: UnitOf, depth: Depth, *, seed: int) -> Methods[Judged, Ranking]:
    """The search itself, without filters; the baselines do without its fusion. A unit stands where its best passage
    stands.
    """
    index = searcher.index
    passages = index.passages
    order = drawn_order((unit_of(passage) for passage in passages), seed)
    bm25 = Bm25([passage.embedded_text for passage in passages])

    def hybrid(item: Item[Judged]) -> Ranking:
        return _units((hit.passage for hit in searcher.search(item.text, k=depth.passages)), unit_of, depth)

    def lexical(item: Item[Judged]) -> Ranking:
        scored = zip(bm25.scores(item.text), passages, strict=True)
        found = sorted((-score, passage.id, passage) for score, passage in scored if score > 0)
        return _units((passage for _, _, passage in found), unit_of, depth)

    def dense(item: Item[Judged]) -> Ranking:
        vector = index.encoder.encode([item.text])[0]
        nearest = index.nearest(vector, n=min(depth.passages, len(passages)))
        found = sorted((-round(similarity, DIGITS), key) for key, similarity in nearest)
        return _units((index.by_id[key] for _, key in found), unit_of, depth)

    return {SYSTEM: hybrid, NULL: lambda item: order[: depth.units], LEXICAL: lexical, PLAIN: dense}


def drawn_order(units: Iterable[str], seed: int) -> Ranking:
    """Each unit once, in an order drawn by lot."""
    found = sorted(set(units))
    random.Random(seed).shuffle(found)
    return tuple(found)


def _units(passages: Iterable[Passage], unit_of: UnitOf, depth: Depth) -> Ranking:
    return tuple(dict.fromkeys(unit_of(passage) for passage in passages))[: depth.units]
