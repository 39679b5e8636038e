"""Citation recall: sentences on documents whose cited passages, together, support them."""

from __future__ import annotations

from collections.abc import Iterator

from evals.citations.articles.judged import Judged
from evals.citations.articles.measures.naming import named, warned
from evals.citations.articles.questions import Question
from evals.citations.articles.scorers.scorer import Scorer
from evals.citations.articles.weighing import Weighed
from evals.frame.metric import Check, Metric


def citation_recall(scorer: Scorer) -> Metric[Question, Judged]:
    def judge(question: Question, judged: Judged) -> Iterator[Check]:
        found = judged.by[scorer.name]
        if not found:
            yield Check(0, "a sentence that cites a document", judged.article.fault or "none")
        yield from map(recall_check, found)

    about = "Share of the sentences on documents that the passages they cite support; an article of none counts once."
    return Metric(named("citation-recall", scorer), warned(about, scorer), judge, of="sentences")


def recall_check(one: Weighed) -> Check:
    cited = ", ".join(one.sentence.sources) or "nothing"
    found = f"{'supported' if one.recall.supported else 'not supported'} by {cited}"
    reason = f"{found}: {one.recall.reason}".rstrip(": ")
    return Check(float(one.recall.supported), one.sentence.text, reason, part=f"s{one.number}")
