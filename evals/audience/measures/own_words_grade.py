"""How many school years do the sentences take that are the system's own, not a source's or the record's?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.grades import WORST, grade_of
from evals.audience.wording import Label, Worded, own_words
from evals.frame.metric import Check, Metric


def own_grade(label: Label, found: Worded) -> float | None:
    """None for a reader who is given no plain words, and for a method that writes no article."""
    if not label.plain or not found.answer:
        return None
    return grade_of(" ".join(own_words(found.answer)), label.knowledge)


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """For plain words, one judgement for each article: the grade of its own words."""
    if (grade := own_grade(label, found)) is not None:
        yield Check(round(grade, 2), "as low as can be", f"grade {grade:.1f}")


OWN_WORDS_GRADE = Metric(
    "own-words-grade",
    "Flesch-Kincaid grade of what a patient is told in the system's own words",
    _judge,
    of="texts",
    higher_is_better=False,
    worst=WORST,
)
