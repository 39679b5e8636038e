"""How far down a reader has to go for the first that is right."""

from __future__ import annotations

from evals.retrieval.measures.trec import trec_metric

RECIPROCAL_RANK_AT_10 = trec_metric(
    "reciprocal-rank@10",
    "One over the place of the first that is right; 0 where none is among the first 10.",
    "recip_rank",
    depth=10,
)
