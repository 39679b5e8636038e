"""Can all that a patient is given be read at the grade that is advised?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.grades import TARGET, grade_of
from evals.audience.wording import Label, Worded
from evals.frame.metric import Check, Metric


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """For plain words, one judgement a text."""
    if label.plain and (grade := grade_of(found.text, label.knowledge)) is not None:
        yield Check(grade <= TARGET, f"at most grade {TARGET}", f"grade {grade:.1f}")


GRADE_WITHIN_TARGET = Metric(
    "grade-within-target",
    f"texts for patients at grade {TARGET} or below, sentences quoted from sources included",
    _judge,
    of="texts",
)
