"""Citation precision: citations that the sentence they stand behind needs, or that bear it alone."""

from __future__ import annotations

from collections.abc import Iterator

from evals.citations.articles.judged import Judged
from evals.citations.articles.measures.naming import named, warned
from evals.citations.articles.questions import Question
from evals.citations.articles.scorers.scorer import Scorer
from evals.frame.metric import Check, Metric


def citation_precision(scorer: Scorer) -> Metric[Question, Judged]:
    def judge(question: Question, judged: Judged) -> Iterator[Check]:
        for one in judged.by[scorer.name]:
            for source, needed in zip(one.sentence.sources, one.needed, strict=True):
                found = f"{source}: {needed.reason or ('needed' if needed.supported else 'not needed')}"
                yield Check(float(needed.supported), one.sentence.text, found, part=f"s{one.number}.{source}")

    about = "Share of the citations that bear their supported sentence alone, or without which it is not supported."
    return Metric(named("citation-precision", scorer), warned(about, scorer), judge, of="citations")
