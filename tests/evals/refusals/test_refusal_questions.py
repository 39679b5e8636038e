"""The project's questions, and what is wrong with ones that are not right."""

from __future__ import annotations

from collections import Counter

import pytest

from evals.refusals.questions import load_questions
from ingest.errors import CorpusErrors
from rag.errors import UserError
from tests.evals.refusals.conftest import Write

GOOD = '{id: a, written: plain, ask: "Is it?", answer: [refusal], reason: [no_source]}'


def one(question: str) -> str:
    return f"on: 2026-11-26\nquestions:\n  - {question}\n"


def test_there_are_enough_questions_and_about_half_must_be_answered() -> None:
    questions = [asked.question for asked in load_questions()]
    assert len(questions) >= 160
    assert 0.4 < sum(one.answered for one in questions) / len(questions) < 0.6
    reasons = Counter(reason for one in questions if one.refused for reason in one.reason)
    assert all(reasons[reason] >= 8 for reason in ("emergency", "dosing", "no_source", "other_code", "other_question"))
    halves = Counter(one.half for one in questions)
    assert min(halves.values()) > 0.4 * len(questions)
    assert all(len([one for one in questions if one.half == half and one.refused]) > 30 for half in halves)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ('{id: a, written: plain, ask: "Is it?", answer: [refusal]}', "`reason` stands where `answer` holds refusal"),
        ('{id: a, written: plain, ask: "Is it?", answer: [guideline], reason: [no_source]}', "`reason` stands where"),
        ('{id: a, written: sung, ask: "Is it?", answer: [guideline]}', "sung"),
        ('{id: a, written: plain, ask: "Is it?", answer: [guideline], why: x}', "why"),
        ('{id: a, written: plain, ask: "Is it?", answer: [refusal], reason: [dosing]}', "does not say what a refusal"),
        (f"{GOOD}\n  - {GOOD}", "another question 'a'"),
    ],
)
def test_a_slip_is_told_with_file_and_line(question: str, said: str, folder: Write) -> None:
    with pytest.raises(CorpusErrors) as found:
        load_questions(folder(mine=one(question)))
    [error] = found.value.errors
    assert said in str(error)
    assert "mine.yaml" in str(error) and error.line >= 3


def test_every_fault_of_every_file_is_told_at_once(folder: Write) -> None:
    bad = one(GOOD.replace("plain", "sung"))
    with pytest.raises(CorpusErrors) as found:
        load_questions(folder(mine=bad, other=bad))
    assert len(found.value.errors) == 2


def test_a_folder_without_questions_is_told(folder: Write) -> None:
    with pytest.raises(UserError, match="no questions"):
        load_questions(folder())
