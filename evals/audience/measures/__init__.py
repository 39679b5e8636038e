"""One measure, one file: what it judges on an article for one reader."""

from __future__ import annotations

from evals.audience.measures.citations_same import CITATIONS_SAME
from evals.audience.measures.determinations_same import DETERMINATIONS_SAME
from evals.audience.measures.facts_same import FACTS_SAME
from evals.audience.measures.grade_within_target import GRADE_WITHIN_TARGET
from evals.audience.measures.numbers_kept import NUMBERS_KEPT
from evals.audience.measures.own_words_grade import OWN_WORDS_GRADE
from evals.audience.measures.own_words_within_target import OWN_WORDS_WITHIN_TARGET
from evals.audience.measures.plain_words import PLAIN_WORDS
from evals.audience.measures.reading_grade import READING_GRADE
from evals.audience.measures.verdict_same import VERDICT_SAME
from evals.audience.wording import Label, Worded
from evals.frame.metric import Metric

#: The gravest first: what must not change, then what should.
METRICS: tuple[Metric[Label, Worded], ...] = (
    VERDICT_SAME,
    DETERMINATIONS_SAME,
    FACTS_SAME,
    CITATIONS_SAME,
    NUMBERS_KEPT,
    PLAIN_WORDS,
    OWN_WORDS_WITHIN_TARGET,
    GRADE_WITHIN_TARGET,
    OWN_WORDS_GRADE,
    READING_GRADE,
)
