"""Can the system's own words to a patient be read at the grade that is advised?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.audience.grades import TARGET
from evals.audience.measures.own_words_grade import own_grade
from evals.audience.wording import Label, Worded
from evals.frame.metric import Check, Metric


def _judge(label: Label, found: Worded) -> Iterator[Check]:
    """For plain words, one judgement for each article."""
    if (grade := own_grade(label, found)) is not None:
        yield Check(grade <= TARGET, f"at most grade {TARGET}", f"grade {grade:.1f}")


OWN_WORDS_WITHIN_TARGET = Metric(
    "own-words-within-target",
    f"articles for patients whose own words are at grade {TARGET} or below",
    _judge,
    of="texts",
)
