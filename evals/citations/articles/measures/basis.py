"""Every sentence shows what it rests on: a document, the record, or the check."""

from __future__ import annotations

from collections.abc import Iterator

from evals.citations.articles.judged import Judged
from evals.citations.articles.questions import Question
from evals.frame.metric import Check, Metric


def _judge(question: Question, judged: Judged) -> Iterator[Check]:
    if not judged.article.sentences:
        yield Check(0, "a sentence", judged.article.fault or "none")
    for number, one in enumerate(judged.article.sentences, start=1):
        yield Check(float(bool(one.basis)), one.text, one.basis or "no basis shown", part=f"s{number}")


BASIS: Metric[Question, Judged] = Metric(
    "every-sentence-has-a-basis",
    "Share of all sentences with a basis that is really there: a cited section that holds the quoted words, quoted "
    "words of the record, or the criteria check. Whether the basis supports the sentence is not looked at here.",
    _judge,
    of="sentences",
)
