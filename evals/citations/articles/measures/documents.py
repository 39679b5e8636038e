"""The documents a right answer rests on are among those cited. A quote of the wrong document is well supported too."""

from __future__ import annotations

from collections.abc import Iterator

from evals.citations.articles.judged import Judged
from evals.citations.articles.questions import Question
from evals.frame.metric import Check, Metric


def _judge(question: Question, judged: Judged) -> Iterator[Check]:
    cited = {source.partition("#")[0] for one in judged.article.sentences for source in one.sources}
    for document in question.cites:
        found = ", ".join(sorted(cited)) or judged.article.fault or "nothing"
        yield Check(float(document in cited), f"{document} cited", f"cited: {found}", part=document)


DOCUMENTS: Metric[Question, Judged] = Metric(
    "documents-cited",
    "Share of the documents a right answer has to rest on, by label, that the article cites. It stands beside the "
    "figures on support because a sentence copied from a document that does not matter is perfectly supported.",
    _judge,
    of="documents to cite",
)
