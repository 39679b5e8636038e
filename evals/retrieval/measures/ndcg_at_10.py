"""Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002, ACM TOIS 20:422)."""

from __future__ import annotations

from evals.retrieval.measures.trec import trec_metric

NDCG_AT_10 = trec_metric(
    "ndcg@10",
    "Gain of the first 10, the grade itself being the gain, as a share of what the best order would gain.",
    "ndcg_cut.10",
    depth=10,
)
