"""Is the kind of answer, and the verdict where there is one, the clinician's?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.wording import Label, Worded
from evals.frame.metric import Check, Metric
from rag.article.models import Answer


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """One judgement for each article."""
    if found.answer:
        expected, said = _verdict(found.exact), _verdict(found.answer)
        yield Check(said == expected, expected, said)


def _verdict(answer: Answer) -> str:
    return f"{answer.kind}: {answer.verdict.status if answer.verdict else 'no verdict'}"


VERDICT_SAME = Metric("verdict-same", "articles of the clinician's kind, with the clinician's verdict", _judge)
