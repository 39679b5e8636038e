"""An article gives no orders, makes no diagnosis, wins no claims and promises nothing."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.errors import CorpusErrors
from rag.guard.orders import ORDERS_NAME, load_order_rules
from rag.guard.scope import scope_problem
from tests.guard.tables_of_sentences import sentences
from tests.guard.test_verdict_wording import ALLOWED
from tests.guard.wording_rules import order_rules

REFUSED = ["scope_refused", "scope_refused_held_out", "scope_refused_indirect", "scope_refused_late"]

POINTING = [
    "Call 911 now.",
    "Loss of bladder control after an injection calls for emergency care.",
    "The FDA names stroke and paralysis among the rare events after epidural injections.",
]


@pytest.mark.parametrize("sentence", sentences(*REFUSED))
def test_an_order_a_diagnosis_or_a_promise_is_refused(sentence: str) -> None:
    assert scope_problem(sentence, order_rules())


@pytest.mark.parametrize("sentence", [*sentences(*ALLOWED), *POINTING])
def test_a_plain_statement_is_no_order(sentence: str) -> None:
    assert scope_problem(sentence, order_rules()) is None


def test_no_drug_is_handled_in_any_mood() -> None:
    handling = ["Start", "Stop", "Increase", "Please hold", "Do not take", "You should taper", "She must continue"]
    drugs = ["gabapentin", "the opioid", "warfarin", "aspirin before the injection", "dexamethasone"]
    orders = [f"{start} {drug}." for start, drug in product(handling, drugs)]
    assert [order for order in orders if scope_problem(order, order_rules()) is None] == []


SLOW = ["take ", "10 ", "the patient ", "gabapentin ", "you should ", "W", "a-", "document ", "it is "]


@pytest.mark.parametrize("part", SLOW)
def test_a_sentence_of_any_length_is_read_in_time(part: str, quick: None) -> None:
    scope_problem(part * (20_000 // len(part)), order_rules())


def test_a_faulty_pattern_is_named_with_file_and_line(tmp_path: Path) -> None:
    text = (corpus_root() / ORDERS_NAME).read_text(encoding="utf-8").replace("guarante\\w+", "guarante(", 1)
    (tmp_path / ORDERS_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(CorpusErrors, match=rf"{ORDERS_NAME}.*regular expression"):
        load_order_rules(tmp_path)
