"""Small words that turn a sentence round have a counterpart of their kind beside the same words."""

from __future__ import annotations

import pytest

from rag.guard.support.marks import marks
from rag.guard.support.rules import SupportRules
from tests.guard.support.conftest import check_row

SCAN = "Plan North covers a scan of the knee after six weeks of exercise."
DENIED = "Plan North does not cover a scan of the hip; a scan of the knee is covered."
TWICE = "The plan does not bar a second scan."
HEDGED = "Exercise may ease pain of the knee."
SOME = "Some runners with pain of the knee need a scan."
ONLY = "A scan is covered only for runners."
OFTEN = "Runners usually wait six weeks for a scan."
ADVICE = "The society recommends exercise for runners."
UNSURE = "Reported, not confirmed here: the plan covers a scan of the knee."
EXCEPTION = "No scan is covered. Exception: a scan after a fall."
THAN = "Exercise eased pain more than rest."

ROWS = [
    ("A scan of the knee is covered after six weeks of exercise.", SCAN, None),
    ("A scan of the knee is not covered after six weeks of exercise.", SCAN, "not"),
    ("A scan of the knee is never covered after six weeks of exercise.", SCAN, "never"),
    ("Plan North covers a scan of the knee before six weeks of exercise.", SCAN, "before"),
    ("Every scan of the knee is covered after six weeks of exercise.", SCAN, "Every"),
    ("Plan North must cover a scan of the knee.", SCAN, "must"),
    ("A scan of the knee is covered, because exercise failed.", SCAN, "because"),
    ("A scan of the knee is covered unless exercise helped.", SCAN, "unless"),
    ("A scan of the knee is always covered.", SCAN, "always"),
    ("A scan of the hip is not covered.", DENIED, None),
    ("A scan of the hip is covered.", DENIED, "not"),
    ("The plan does not bar a second scan.", TWICE, None),
    ("The plan does not fail to bar a second scan without reason.", TWICE, "denial"),
    ("Exercise may ease pain.", HEDGED, None),
    ("Exercise might ease pain.", HEDGED, None),
    ("Exercise eases pain of the knee.", HEDGED, "may"),
    ("Some runners need a scan.", SOME, None),
    ("Runners need a scan.", SOME, "Some"),
    ("All runners need a scan.", SOME, "All"),
    ("Only for runners is a scan covered.", ONLY, None),
    ("A scan is covered for runners.", ONLY, "only"),
    ("Runners wait six weeks for a scan.", OFTEN, "usually"),
    ("Runners usually wait six weeks.", OFTEN, None),
    ("The society recommends exercise.", ADVICE, None),
    ("The society advises against exercise.", ADVICE, "against"),
    ("That the plan covers a scan of the knee is reported, not confirmed here.", UNSURE, None),
    ("That the plan covers a scan of the knee is reported and confirmed here.", UNSURE, "confirmed"),
    ("Except after a fall, no scan is covered.", EXCEPTION, None),
    ("Exercise eased pain more than rest.", THAN, None),
    ("Rest eased pain more than exercise.", THAN, "than"),
    # The cost of comparing words and not meanings: true, but in words of another kind.
    ("Runners have a right to a scan and no one else does.", ONLY, "only"),
]


@pytest.mark.parametrize(("claim", "passage", "expected"), ROWS)
def test_a_small_word_needs_its_counterpart(
    claim: str, passage: str, expected: str | None, rules: SupportRules
) -> None:
    check_row(rules, (marks,), claim, passage, expected)
