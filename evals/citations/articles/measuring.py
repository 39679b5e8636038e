"""The articles of every writer, judged by every scorer, as measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.citations.articles.agreement import JUDGE, agreement
from evals.citations.articles.judged import judge_articles
from evals.citations.articles.measures import article_metrics
from evals.citations.articles.questions import Question
from evals.citations.articles.scorers.scorer import Scorer
from evals.citations.articles.writers import Writer
from evals.citations.articles.writing import write_all
from evals.frame.measuring import measure
from evals.frame.metric import Item
from evals.frame.models import Measure
from evals.options import Options
from rag.knowledge.library import Knowledge


def measure_articles(
    items: Sequence[Item[Question]],
    writers: Mapping[str, Writer],
    scorers: Sequence[Scorer],
    knowledge: Knowledge,
    options: Options,
) -> tuple[Measure, ...]:
    """The first writer is the subject. With a judge among the scorers also how far the others agree with it."""
    judged = judge_articles(write_all(items, writers, options.progress), scorers)
    metrics = article_metrics(scorers, tuple(knowledge.documents.values()))
    found = tuple(measure(metric, judged, seed=options.seed) for metric in metrics)
    asked = any(scorer.name == JUDGE for scorer in scorers)
    return found + (agreement(judged, seed=options.seed) if asked else ())
