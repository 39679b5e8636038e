"""The questions are data: read strictly, refused by file, line and remedy, and worth asking."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.citations.articles.questions import Question, items_of, load_questions
from ingest.errors import CorpusError, CorpusErrors
from rag.knowledge.library import Knowledge, load_knowledge

HEAD = "on: 2026-11-22\nquestions:\n"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(lazy=True)


@pytest.fixture(scope="module")
def questions(knowledge: Knowledge) -> tuple[Question, ...]:
    return load_questions(knowledge)


def test_requests_and_questions_on_documents_are_half_and_half(questions: tuple[Question, ...]) -> None:
    assert Counter(one.kind for one in questions) == {"determination": 15, "guideline": 15}


def test_every_payer_is_asked_about(questions: tuple[Question, ...], knowledge: Knowledge) -> None:
    assert {payer for one in questions for payer in one.payers} == set(knowledge.payers)


def test_no_question_is_asked_twice_and_each_has_its_day(questions: tuple[Question, ...]) -> None:
    assert len({one.question for one in questions}) == len(questions)
    assert all(one.on for one in questions)


def test_no_question_is_one_of_the_other_sets(questions: tuple[Question, ...]) -> None:
    folder = Path(__file__).resolve().parents[3] / "evals"
    own = folder / "data" / "citations" / "questions.yaml"
    others = [file for kind in ("yaml", "jsonl") for file in folder.rglob(f"*.{kind}") if file != own]
    assert len(others) > 3
    text = "\n".join(file.read_text(encoding="utf-8") for file in others)
    assert [one.id for one in questions if one.question in text] == []


def test_a_limit_chooses_the_same_questions_whatever_their_order(questions: tuple[Question, ...]) -> None:
    chosen = {item.id for item in items_of(questions, 5)}
    assert len(chosen) == 5
    assert chosen == {item.id for item in items_of(questions[::-1], 5)}
    assert len(items_of(questions, None)) == len(questions)


def test_a_question_is_sliced_by_kind_and_payer(questions: tuple[Question, ...]) -> None:
    items = items_of(questions, None)
    assert all(item.tags["kind"] == (item.label.kind,) for item in items)
    assert {item.tags["payer"] for item in items if not item.label.payers} == {("none named",)}


def entry(**changed: str) -> str:
    keys = {"id": "x", "kind": "guideline", "question": "What?", "cites": "[{document}]"} | changed
    return "  - " + "\n    ".join(f"{key}: {value}" for key, value in keys.items()) + "\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (entry() + entry(), ":7: the id x stands twice. Give each its own"),
        (entry(cites="[no-such-document]"), ":6: `cites` names 'no-such-document', which the corpus does not have"),
        (entry(payers="[nobody]"), "`payers` names 'nobody'"),
        (entry(kind="riddle"), ":4:"),
        (entry(cites="[]"), ":6:"),
        (entry(id="Not An Id"), ":3:"),
        (entry(extra="1"), "extra"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, knowledge: Knowledge, text: str, says: str) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(HEAD + text.replace("{document}", next(iter(knowledge.documents))), encoding="utf-8")
    with pytest.raises((CorpusError, CorpusErrors)) as raised:
        load_questions(knowledge, file)
    assert str(file) in str(raised.value)
    assert says in str(raised.value)
