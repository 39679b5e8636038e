"""How much of what is right stands among the first five."""

from __future__ import annotations

from evals.retrieval.measures.trec import trec_metric

RECALL_AT_5 = trec_metric(
    "recall@5",
    "Share of all that is right which stands among the first 5; below 1 wherever more than 5 are right.",
    "recall.5",
    depth=5,
)
