"""Recall of sentences in words of their own: who copies a passage is supported by it whatever it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.citations.articles.judged import Judged
from evals.citations.articles.measures.naming import named, warned
from evals.citations.articles.measures.recall import recall_check
from evals.citations.articles.questions import Question
from evals.citations.articles.scorers.scorer import Scorer
from evals.frame.metric import Check, Metric
from ingest.documents import Document


def own_words(scorer: Scorer, documents: Sequence[Document]) -> Metric[Question, Judged]:
    """Copied is what stands word for word in a section of any of the documents, cited or not."""
    corpus = "\0".join(section.text for document in documents for section in document.sections)

    def judge(question: Question, judged: Judged) -> Iterator[Check]:
        return (recall_check(one) for one in judged.by[scorer.name] if one.sentence.text not in corpus)

    about = (
        "Citation recall of those sentences that are no copy of words of the corpus. In the chain a sentence on a "
        "criterion may rest on the criterion's own wording too; here the cited passages alone count."
    )
    return Metric(named("own-words-supported", scorer), warned(about, scorer), judge, of="sentences in own words")
