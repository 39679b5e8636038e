"""Does every sentence rest on what the clinician's rests on, quoted alike and numbered alike?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.wording import Label, Worded
from evals.frame.metric import Check, Metric
from rag.article.models import Answer


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """One judgement for each article: its references, and the citations of its sentences, one after the other."""
    if found.answer:
        wrong = list(_differences(found.exact, found.answer))
        yield Check(not wrong, "the clinician's citations", f"other {' and '.join(wrong) or 'than those: none'}")


def _differences(exact: Answer, other: Answer) -> Iterator[str]:
    if exact.references != other.references:
        yield "references"
    if _cited(exact) != _cited(other):
        yield "citations of sentences"


def _cited(answer: Answer) -> object:
    return [
        (section.id, claim.basis, claim.citations, claim.case_quotes, claim.criteria)
        for section in answer.sections
        for claim in section.claims
    ]


CITATIONS_SAME = Metric(
    "citations-same", "articles whose references and citations are the clinician's, quote by quote", _judge
)
