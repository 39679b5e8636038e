"""How many school years does all that a patient is given take to read?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.grades import WORST, grade_of
from evals.audience.wording import Label, Worded
from evals.frame.metric import Check, Metric


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """For plain words, one judgement a text: its grade. Sentences of sources count as they stand."""
    if label.plain and (grade := grade_of(found.text, label.knowledge)) is not None:
        yield Check(round(grade, 2), "as low as can be", f"grade {grade:.1f}")


READING_GRADE = Metric(
    "reading-grade",
    "Flesch-Kincaid grade of all a patient is given, sentences quoted from sources included",
    _judge,
    of="texts",
    higher_is_better=False,
    worst=WORST,
)
