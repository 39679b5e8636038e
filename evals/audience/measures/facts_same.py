"""Are the facts of the case, with the words they were read from, the clinician's?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.wording import Label, Worded
from evals.frame.metric import Check, Metric


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """One judgement for each article."""
    if found.answer:
        exact, other = found.exact.case.facts, found.answer.case.facts
        differing = sorted({one.id for one in (*exact, *other) if one not in exact or one not in other})
        same = found.exact.case == found.answer.case
        yield Check(same, "the clinician's facts", f"otherwise: {', '.join(differing) or 'none'}")


FACTS_SAME = Metric("facts-same", "articles on the clinician's facts, value by value", _judge)
