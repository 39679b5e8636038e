"""The article on a terminal, and as plain text."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.article.lines import WIDEST
from rag.article.models import Claim, ClaimBasis, Kind
from rag.article.terminal import answer_text
from rag.article.words import Labels
from rag.criteria.determination import CriterionStatus, Record, Status
from tests.article.builders import ROWS, answer, determination, reference, row

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


def test_a_long_reason_names_first_what_has_failed_and_counts_the_rest() -> None:
    labels = [f"reason {n}" for n in range(6)]
    rows = (
        *(row(f"r{n}", CriterionStatus.NOT_DOCUMENTED, label=label) for n, label in enumerate(labels)),
        row("r5.limb", CriterionStatus.NOT_MET, part_of="r5"),
    )
    found = determination(
        status=Status.DOCUMENTATION, reason=f"not documented: {'; '.join(labels)}", rows=rows, parts=("r5.limb",)
    )
    text = answer_text(answer(determinations=(found,)), width=100)
    assert "    not documented: reason 5; reason 0; reason 1; and 3 more\n" in text


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
    assert "1 met, 1 does not apply; --format markdown lists them" in text


def test_the_part_of_a_criterion_that_is_met_is_not_shown_without_it() -> None:
    part = row("repeat.function", CriterionStatus.NOT_DOCUMENTED, label="better function", part_of="repeat")
    rows = (row("repeat"), part)
    assert "better function" not in answer_text(answer(determinations=(determination(rows=rows),)))


def test_a_criterion_with_a_dot_in_its_id_is_shown_although_the_one_it_is_named_after_is_met() -> None:
    rows = (row("repeat"), row("repeat.third", CriterionStatus.NOT_MET, label="no third injection"))
    assert "no third injection" in answer_text(answer(determinations=(determination(rows=rows, parts=()),)))


def test_of_many_policies_each_shows_what_fails_and_names_the_rest_in_a_line() -> None:
    many = tuple(determination(f"plan-{name}", Status.DOCUMENTATION) for name in "acd")
    text = answer_text(answer(determinations=many), width=100)
    assert text.count("at least half the pain gone") == 3
    assert re.search(r"open, but deciding nothing by itself: label of cap\n", text)
    assert "cap reported only" not in text
    assert "1 met, 1 does not apply; --policy plan-c shows all" in text
    assert text.count("the caps are not confirmed") == 3


def test_a_criterion_still_open_is_named_in_a_line_when_there_are_many_policies() -> None:
    rows = (row("code"), row("care", CriterionStatus.NOT_DOCUMENTED), row("imaging", CriterionStatus.NOT_DOCUMENTED))
    many = tuple(determination(f"plan-{name}", Status.DOCUMENTATION, rows=rows) for name in "acd")
    assert "  not documented: label of care; label of imaging\n" in answer_text(answer(determinations=many))


def test_another_way_to_meet_a_failing_criterion_is_shown_beside_it() -> None:
    rows = (*ROWS, row("second-chance", CriterionStatus.NOT_DOCUMENTED, alternative_to="repeat"))
    many = tuple(determination(f"plan-{name}", Status.DOCUMENTATION, rows=rows) for name in "acd")
    text = answer_text(answer(determinations=many), width=100)
    assert re.search(r"not documented +label of second-chance \(another way to meet repeat\)\n", text)


def test_a_document_is_described_once_and_named_again_by_its_number() -> None:
    text = answer_text(answer(references=(reference(1), reference(2, quote="for two weeks"))), width=100)
    assert text.count("Plan A epidural injections") == 1
    assert text.count("https://example.org/a") == 1
    assert '[2]   as [1], plan-a#repeat: "for two weeks"' in text


def test_an_unconfirmed_criterion_is_marked_as_such_with_its_note() -> None:
    text = " ".join(answer_text(answer(), width=100).split())
    assert "label of cap (unconfirmed: shown, decides nothing; cap reported only)" in text


def test_sentences_carry_their_markers_and_the_words_of_the_case() -> None:
    text = " ".join(answer_text(answer(), width=100).split())
    assert "A repeat needs half the pain gone. [1]" in text
    assert 'The relief was below that. (the question says: "minimal relief")' in text
    assert "One criterion fails. [check]" in text


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
    assert "No document speaks to it.\n" in text
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
