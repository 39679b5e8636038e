"""How much of what is right stands among the first ten."""

from __future__ import annotations

from evals.retrieval.measures.trec import trec_metric

RECALL_AT_10 = trec_metric(
    "recall@10",
    "Share of all that is right which stands among the first 10; below 1 wherever more than 10 are right.",
    "recall.10",
    depth=10,
)
