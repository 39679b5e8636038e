"""Names and numbers stand beside the words, and beside each other, as they do in the source."""

from __future__ import annotations

import pytest

from rag.guard.support.labels import labels
from rag.guard.support.models import Evidence
from rag.guard.support.rules import SupportRules
from tests.guard.support.conftest import check_row, found

STATES = "The model covers Utah (Alder), Nevada (Birch) and Kansas (Cedar)."
TEXTS = "In the plan text A asks for exercise of the knee, and text B asks for a scan of the hip."

ROWS = [
    ("Utah goes with Alder in the model.", STATES, None),
    ("In the model Nevada goes with Birch.", STATES, None),
    ("Utah goes with Birch in the model.", STATES, "do not belong together"),
    ("Utah goes with Cedar in the model.", STATES, "do not belong together"),
    ("Nevada goes with Alder in the model.", STATES, "do not belong together"),
    ("Exercise of the knee is what text A asks for.", TEXTS, None),
    ("In the plan text B asks for exercise of the knee.", TEXTS, "has another"),
    ("In the plan text A asks for a scan of the hip.", TEXTS, "has another"),
    ("In the plan text B asks for a scan of the hip.", TEXTS, None),
]


@pytest.mark.parametrize(("claim", "passage", "expected"), ROWS)
def test_labels_are_not_exchanged(claim: str, passage: str, expected: str | None, rules: SupportRules) -> None:
    check_row(rules, (labels,), claim, passage, expected)


def test_what_names_the_document_may_stand_anywhere(rules: SupportRules) -> None:
    evidence = Evidence(STATES, names="Alder handbook")
    assert found(rules, (labels,), "Utah is the first of the states that Alder lists.", evidence) == []
