"""Whether what stands first is of a right document: another payer's rule, well put, is the worst that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.retrieval.judged import Judged, Ranking, document_of


def _judge(judged: Judged, ranking: Ranking) -> Iterator[Check]:
    first = document_of(ranking[0]) if ranking else ""
    yield Check(float(first in judged.documents), " or ".join(sorted(judged.documents)), first or "nothing")


RIGHT_DOCUMENT = Metric(
    "right-document@1",
    "Share of queries where the first section found is of a document that holds an answer.",
    _judge,
    of="queries",
)
