"""Are the determinations the clinician's, to the last criterion, fact and date?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.wording import Label, Worded
from evals.frame.metric import Check, Metric
from rag.article.models import Answer


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """One judgement for each article."""
    if found.answer:
        exact, other = _determinations(found.exact), _determinations(found.answer)
        differing = sorted(policy for policy in exact.keys() | other.keys() if exact.get(policy) != other.get(policy))
        yield Check(not differing, "the clinician's determinations", f"others under: {', '.join(differing) or 'none'}")


def _determinations(answer: Answer) -> dict[str, str]:
    return {one.policy_id: one.model_dump_json() for one in answer.determinations}


DETERMINATIONS_SAME = Metric(
    "determinations-same", "articles with the clinician's determinations, criterion by criterion", _judge
)
