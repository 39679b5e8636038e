"""What is measured of a ranking, the gravest first."""

from __future__ import annotations

from evals.frame.metric import Metric
from evals.retrieval.judged import Judged, Ranking
from evals.retrieval.measures.ndcg_at_10 import NDCG_AT_10
from evals.retrieval.measures.recall_at_5 import RECALL_AT_5
from evals.retrieval.measures.recall_at_10 import RECALL_AT_10
from evals.retrieval.measures.recall_at_100 import RECALL_AT_100
from evals.retrieval.measures.reciprocal_rank_at_10 import RECIPROCAL_RANK_AT_10
from evals.retrieval.measures.right_document import RIGHT_DOCUMENT

Measures = tuple[Metric[Judged, Ranking], ...]

#: Of the project's own queries, judged by section.
OWN: Measures = (RIGHT_DOCUMENT, NDCG_AT_10, RECALL_AT_5, RECALL_AT_10, RECIPROCAL_RANK_AT_10)
#: Of outsiders' queries, judged by document.
PUBLIC: Measures = (NDCG_AT_10, RECALL_AT_5, RECALL_AT_10, RECALL_AT_100, RECIPROCAL_RANK_AT_10)
