"""A sentence has no word of content that its source lacks, harmless ones aside."""

from __future__ import annotations

import pytest

from rag.guard.support.additions import foreign
from rag.guard.support.models import Evidence
from rag.guard.support.rules import SupportRules
from tests.guard.support.conftest import check_row, found

SCAN = "Plan North allows a scan of the knee after six weeks of exercise."

ROWS = [
    ("A scan of the knee is allowed after six weeks of exercise.", SCAN, None),
    ("Plan North permits a scan of the knee.", SCAN, None),
    ("According to the passage, Plan North allows a scan.", SCAN, None),
    ("Plan North allows a scan of the knee in athletes.", SCAN, "athletes"),
    ("Plan North swiftly allows a scan of the knee.", SCAN, "swiftly"),
    ("Plan North allows a scan of the knee, as its committee decided.", SCAN, "committee"),
    ("Plan North allows a scan of the knee after six weeks of supervised exercise.", SCAN, "supervised"),
    # The cost of comparing words and not meanings: true, but in a word no list holds.
    ("Plan North allows a scan of the knee after six weeks of gymnastics or other exercise.", SCAN, "gymnastics"),
]


@pytest.mark.parametrize(("claim", "passage", "expected"), ROWS)
def test_a_foreign_word_is_found(claim: str, passage: str, expected: str | None, rules: SupportRules) -> None:
    check_row(rules, (foreign,), claim, passage, expected)


def test_words_that_name_the_document_are_not_foreign(rules: SupportRules) -> None:
    evidence = Evidence(SCAN, names="Handbook of imaging")
    assert found(rules, (foreign,), "By the handbook of imaging, Plan North allows a scan.", evidence) == []
