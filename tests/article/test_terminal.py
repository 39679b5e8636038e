"""The article on a terminal, and as plain text."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.article.models import Claim, ClaimBasis, Kind
from rag.article.terminal import WIDEST, answer_text
from rag.article.words import Labels
from rag.criteria.determination import CriterionStatus, Record, Status
from tests.article.builders import answer, determination, reference, row

ESCAPE = "\x1b"


def text_lines(text: str) -> list[str]:
    """All lines but those that are a link, which must stay whole."""
    return [line for line in text.splitlines() if not re.fullmatch(r"\s*https?://\S+", line)]


def test_the_verdict_comes_before_everything_else() -> None:
    lines = answer_text(answer()).splitlines()
    assert lines[0] == "CRITERIA NOT MET"
    assert lines[1] == "62321: criteria not met under 1 of 1."
    assert lines.index("Policies") < lines.index("Determination") < lines.index("Criteria checklist")
    assert lines.index("Criteria checklist") < lines.index("References") < lines.index("Review and disclaimer")


def test_text_without_colour_holds_no_escape_code_and_with_colour_it_does() -> None:
    assert ESCAPE not in answer_text(answer())
    assert ESCAPE in answer_text(answer(), colour=True)


def test_colour_changes_nothing_but_escape_codes() -> None:
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", answer_text(answer(), colour=True))
    assert coloured == answer_text(answer())


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_but_a_link_is_wider_than_the_window_or_the_limit(width: int) -> None:
    long = answer(
        claims=(Claim(text="word " * 60, basis=ClaimBasis.POLICY, citations=(1,)),),
        determinations=(determination(reason="not met: " + "a long reason " * 30),),
        references=(reference(quote="a long quote " * 20, url="https://example.org/" + "x" * 200),),
    )
    assert max(map(len, text_lines(answer_text(long, width=width)))) <= min(width, WIDEST)


def test_a_link_is_never_broken() -> None:
    url = "https://example.org/" + "x" * 200
    assert url in answer_text(answer(references=(reference(url=url),)), width=40)


def test_each_policy_shows_version_window_status_and_reason() -> None:
    text = " ".join(answer_text(answer(), labels=Labels(payers={"example": "Example Plan"}), width=100).split())
    assert "- Example Plan: Title of plan-a (plan-a)" in text
    assert "criteria not met; version 2025-01-01, in force from 2025-01-01" in text
    assert "not met: label of repeat" in text


def test_a_policy_that_does_not_apply_is_one_short_line() -> None:
    text = answer_text(answer(), width=100)
    assert [line for line in text.splitlines() if "plan-b" in line] == [
        "- example plan-b: not applicable, does not govern 62321"
    ]


def test_the_checklist_shows_what_is_not_met_or_not_documented_and_counts_the_rest() -> None:
    text = answer_text(answer(), width=100)
    assert "label of code" not in text
    assert "label of initial" not in text
    assert re.search(r"not met +label of repeat\n", text)
    assert re.search(r"not met +at least half the pain gone\n", text)
    assert re.search(r"not documented +better function\n", text)
    assert "besides: 1 met, 1 does not apply" in text


def test_the_part_of_a_criterion_that_is_met_is_not_shown_without_it() -> None:
    rows = (row("repeat"), row("repeat.function", CriterionStatus.NOT_DOCUMENTED, label="better function"))
    assert "better function" not in answer_text(answer(determinations=(determination(rows=rows),)))


def test_an_unconfirmed_criterion_is_marked_as_such_with_its_note() -> None:
    text = " ".join(answer_text(answer(), width=100).split())
    assert "label of cap (unconfirmed: shown, decides nothing; cap reported only)" in text


def test_sentences_carry_their_markers_and_the_words_of_the_case() -> None:
    text = " ".join(answer_text(answer(), width=100).split())
    assert "A repeat needs half the pain gone. [1]" in text
    assert 'The relief was below that. (the question says: "minimal relief")' in text
    assert "One criterion fails. (criteria check: repeat)" in text


def test_a_quote_the_sentence_already_holds_is_not_repeated() -> None:
    said = answer().sections[0].claims[1].case_quotes
    claim = Claim(text='The question says "minimal relief".', basis=ClaimBasis.CASE, case_quotes=said)
    assert (
        answer_text(answer(claims=(claim,)), width=120).count("minimal relief") == 3
    )  # question, sentence, case as read


def test_a_closed_record_is_named_where_it_decided() -> None:
    closed = answer(determinations=(determination(record=Record.CLOSED),))
    text = " ".join(answer_text(closed, width=100).split())
    assert "criteria not met on the record given; version" in text


def test_what_is_missing_is_asked_once_with_the_number_of_policies_it_bears_on() -> None:
    both = (determination("plan-a", Status.DOCUMENTATION), determination("plan-c", Status.DOCUMENTATION))
    text = " ".join(answer_text(answer(determinations=both), width=100).split())
    assert text.count("What about prior_injection.function_improved?") == 1
    assert "What about prior_injection.function_improved? (bears on 2 policies)" in text


def test_facts_that_matter_to_more_policies_are_asked_first() -> None:
    pair = (
        determination("plan-a", Status.DOCUMENTATION, missing=("pain.score", "pain.duration")),
        determination("plan-c", Status.DOCUMENTATION, missing=("pain.duration",)),
    )
    text = answer_text(answer(determinations=pair), width=100)
    assert text.index("What about pain.duration?") < text.index("What about pain.score?")


def test_a_refusal_shows_neither_policies_nor_references() -> None:
    claims = (Claim(text="No document speaks to it.", basis=ClaimBasis.CHECK),)
    text = answer_text(answer(kind=Kind.REFUSAL, claims=claims, references=()))
    assert text.startswith("NO ANSWER FROM THESE SOURCES")
    assert "No document speaks to it." in text
    assert "Policies" not in text
    assert "References" not in text


def test_the_foot_says_review_status_date_and_disclaimer() -> None:
    text = answer_text(answer(), width=100)
    assert "Review status: submitted. Last updated: 2025-03-04 05:06 UTC." in text
    assert text.rstrip().endswith("A person decides.")


@given(st.text(min_size=1, max_size=80))
def test_no_question_can_send_a_control_character_to_the_terminal(question: str) -> None:
    text = answer_text(answer(question=question))
    assert {unicodedata.category(sign) for sign in text if sign != "\n"}.isdisjoint({"Cc", "Cf", "Cs"})


@given(st.text(alphabet="[]/abc bold", min_size=1, max_size=30).map(str.strip).filter(bool))
def test_square_brackets_in_a_question_stay_as_they_are(question: str) -> None:
    assert " ".join(question.split()) in answer_text(answer(question=question))
