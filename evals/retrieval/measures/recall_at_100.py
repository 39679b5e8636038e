"""How much of what is right stands among the first hundred: a collection of thousands is worth the depth."""

from __future__ import annotations

from evals.retrieval.measures.trec import trec_metric

RECALL_AT_100 = trec_metric(
    "recall@100",
    "Share of all that is right which stands among the first 100.",
    "recall.100",
    depth=100,
)
