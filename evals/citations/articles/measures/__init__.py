"""What is measured of articles, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence

from evals.citations.articles.judged import Judged
from evals.citations.articles.measures.basis import BASIS
from evals.citations.articles.measures.documents import DOCUMENTS
from evals.citations.articles.measures.own_words import own_words
from evals.citations.articles.measures.precision import citation_precision
from evals.citations.articles.measures.recall import citation_recall
from evals.citations.articles.questions import Question
from evals.citations.articles.scorers.scorer import Scorer
from evals.frame.metric import Metric
from ingest.documents import Document


def article_metrics(scorers: Sequence[Scorer], documents: Sequence[Document]) -> list[Metric[Question, Judged]]:
    """The guard, which comes first, gives its figures plain names; the others say by whom."""
    found: list[Metric[Question, Judged]] = [BASIS]
    for scorer in scorers:
        found += [citation_recall(scorer), citation_precision(scorer), own_words(scorer, documents)]
    return [*found, DOCUMENTS]
