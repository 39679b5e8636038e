"""Articles with what each scorer made of their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.citations.articles.article import Article
from evals.citations.articles.questions import Question
from evals.citations.articles.scorers.scorer import Scorer
from evals.citations.articles.weighing import Weighed, weigh
from evals.citations.articles.writing import Written
from evals.frame.metric import Played


@dataclass(frozen=True)
class Judged:
    """``by``: by name of the scorer."""

    article: Article
    by: Mapping[str, tuple[Weighed, ...]]


#: By name of the writer, the subject first.
JudgedArticles = Mapping[str, Sequence[Played[Question, Judged]]]


def judge_articles(written: Written, scorers: Sequence[Scorer]) -> JudgedArticles:
    """What was not written stays a failure of its writer."""
    articles = [one.outcome for played in written.values() for one in played if one.outcome is not None]
    opinions = {scorer.name: iter(weigh(articles, scorer)) for scorer in scorers}

    def judged(one: Played[Question, Article]) -> Played[Question, Judged]:
        if one.outcome is None:
            return Played(one.item, None, one.error)
        return Played(one.item, Judged(one.outcome, {name: next(found) for name, found in opinions.items()}))

    return {name: [judged(one) for one in played] for name, played in written.items()}
