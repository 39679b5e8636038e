"""The pages' own logic, without a browser: fields, lines, suggestions, rows, and text that stays text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.chat.document_rows import STALE, Wanted, choices_of, table_of
from app.chat.examples import load_examples
from app.chat.form_fields import fields_of, grouped, in_their_places, placeholder, read_typed, would_change
from app.chat.plain import plain
from app.chat.sidebar import matching
from app.chat.suggestions import suggestions
from app.chat.times import when
from app.chat.turn_words import line_of, standing
from app.documents_view import documents
from app.store.threads import ThreadRow
from rag.article.models import Answer, Audience
from rag.case.models import Case, Fact, Support
from rag.criteria.values import FactValueError, parse_quantity
from rag.followup.case_file import FORM, filled_in
from rag.followup.models import CaseFile, Selection, Turn, TurnKind
from rag.knowledge.library import Knowledge

DAY = date(2026, 11, 22)
RELIEF, DURATION = "prior_injection.relief", "prior_injection.relief_duration"


@pytest.mark.parametrize(
    "text",
    [
        "**bold**",
        "[a](javascript:alert(1))",
        "<b>x</b>",
        ":red[x]",
        ":material/home:",
        "$x^2$",
        "# head",
        "a_b_c",
        "~~x~~",
    ],
)
def test_text_of_others_has_no_sign_left_that_markdown_reads(text: str) -> None:
    held = plain(text)
    signs = [n for n, sign in enumerate(held) if sign in "*_[]<>$#~`:!(" and held[n - 1 : n] != "\\"]
    assert not signs
    assert held.replace("\\", "").replace("\N{WORD JOINER}", "") == text


def test_characters_that_turn_a_line_round_do_not_reach_a_label() -> None:
    assert "\u202e" not in plain("abc\u202edef")


def test_the_form_asks_in_the_order_of_the_article(example: Answer, knowledge: Knowledge) -> None:
    fields = fields_of(example, example.case, knowledge)
    asked = [field.question for field in fields if field.question in example.follow_ups]
    assert asked == [question for question in example.follow_ups if question in asked]
    assert len(asked) >= 3
    assert [field.question for field in fields[: len(asked)]] == asked


def test_what_was_filled_in_stays_in_its_place_to_be_changed(example: Answer, knowledge: Knowledge) -> None:
    before = fields_of(example, example.case, knowledge)
    case = filled_in(example.case, {DURATION: "2 weeks"}, knowledge, correct=False)
    after = in_their_places(fields_of(example, case, knowledge), [field.id for field in before])
    assert [field.id for field in after] == [field.id for field in before]
    assert next(field for field in after if field.id == DURATION).value == "2 weeks"


def test_a_contradiction_is_asked_first_and_shows_both_statements(example: Answer, knowledge: Knowledge) -> None:
    facts = [statement("20 %", 0), statement("80 %", 5)]
    first = fields_of(example, Case(facts=tuple(facts), text="20 % 80 %"), knowledge)[0]
    assert first.id == RELIEF
    assert first.corrects
    assert first.said == ('20 % ("20 %")', '80 % ("80 %")')


def statement(words: str, start: int) -> Fact:
    value = parse_quantity(words, "percent")
    return Fact(
        id=RELIEF, value=value, support=Support.STATED, quote=words, start=start, end=start + len(words), source="note"
    )


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        (RELIEF, "60 %", "60 %"),
        (DURATION, " 3 months ", "3 months"),
        ("prior_injection.count_12_months", "3", "3"),
        ("prior_injection.function_improved", "yes", True),
        ("prior_injection.function_improved", "no", False),
        ("diagnosis.code", "m54.12, M54.16", ["m54.12", "M54.16"]),
        (RELIEF, "", None),
        (RELIEF, None, None),
    ],
)
def test_a_typed_value_is_read_by_its_type(fact: str, typed: str | None, value: object, knowledge: Knowledge) -> None:
    assert read_typed(typed, knowledge.vocabulary.facts[fact]) == value


@pytest.mark.parametrize(
    ("fact", "typed"), [(RELIEF, "much"), (RELIEF, "10 weeks"), (DURATION, "soon"), (RELIEF, "140 %")]
)
def test_a_value_that_cannot_be_read_is_told_with_an_example(fact: str, typed: str, knowledge: Knowledge) -> None:
    with pytest.raises(FactValueError, match=r"write|lies outside"):
        read_typed(typed, knowledge.vocabulary.facts[fact])


def test_every_example_beside_a_field_can_be_read(knowledge: Knowledge) -> None:
    for spec in knowledge.vocabulary.facts.values():
        if spec.type not in ("boolean", "choice"):
            first = placeholder(spec).split(" or ")[0].split(", ")[0]
            assert read_typed(first, spec) is not None, spec.id


def test_fields_are_grouped_by_what_they_are_about(example: Answer, knowledge: Knowledge) -> None:
    groups = grouped(fields_of(example, example.case, knowledge))
    assert "Prior injection" in dict(groups)
    assert len({name for name, _ in groups}) == len(groups)


def test_what_would_change_is_told_for_each_policy_that_has_a_way(example: Answer) -> None:
    told = dict(would_change(example))
    assert told
    assert all(texts for texts in told.values())


def turn(kind: TurnKind, answer: Answer | None, *, case: bool = True) -> Turn:
    file = CaseFile(question="q", case=Case(), selection=Selection(on=DAY)) if case else None
    return Turn(said="said", kind=kind, reply="", answer=answer, case_file=file)


def test_the_record_stands_where_the_last_turn_about_it_was(example: Answer) -> None:
    question, supposed = turn(TurnKind.QUESTION, example), turn(TurnKind.HYPOTHETICAL, example)
    assert standing([question, supposed]) == 0
    assert standing([question, turn(TurnKind.FORM, example), supposed]) == 1
    assert standing([question, turn(TurnKind.NEW_CASE, None, case=False)]) is None
    assert standing([]) is None


def test_a_turn_in_a_line_has_its_words_and_its_status(example: Answer) -> None:
    assert line_of(turn(TurnKind.HYPOTHETICAL, example), 2) == "2. said · hypothetical: needs documentation"
    chosen = turn(TurnKind.AUDIENCE, None).model_copy(update={"said": ""})
    assert line_of(chosen, 3) == "3. Other words were chosen"


def test_suggestions_name_a_payer_that_is_not_chosen_yet(example: Answer, knowledge: Knowledge) -> None:
    for payer in knowledge.payers:
        selection = Selection(on=DAY, payer=payer, audience=Audience.PATIENT)
        labels = [
            s.label for s in suggestions(example, CaseFile(question="", case=Case(), selection=selection), knowledge)
        ]
        assert f"And under {knowledge.payers[payer].name}?" not in labels
        assert "Compare payers" in labels
        assert "Write it for the patient" not in labels


def test_a_form_value_is_told_from_what_the_text_says(example: Answer, knowledge: Knowledge) -> None:
    case = filled_in(example.case, {DURATION: "2 weeks"}, knowledge, correct=False)
    assert {fact.id for fact in case.facts if fact.source == FORM} == {DURATION}


def test_times_are_told_as_people_say_them() -> None:
    now = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    assert when(datetime(2026, 11, 22, 14, 5, tzinfo=UTC), now=now) == "today 14:05"
    assert when(datetime(2026, 11, 21, 23, 59, tzinfo=UTC), now=now) == "yesterday 23:59"
    assert when(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), now=now) == "2026-11-20 09:30"


def test_threads_are_found_by_the_words_of_their_titles() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    rows = [ThreadRow("1", "Second CESI under Aetna", at, 1), ThreadRow("2", None, at, 0)]
    assert [row.id for row in matching(rows, "aetna cesi")] == ["1"]
    assert [row.id for row in matching(rows, "")] == ["1", "2"]


def test_documents_are_filtered_and_each_has_one_line(knowledge: Knowledge) -> None:
    rows = documents(knowledge, DAY)
    assert len(table_of(rows)) == len(knowledge.documents)
    choices = choices_of(rows)
    superseded = Wanted(state="superseded").among(rows)
    assert 0 < len(superseded) < len(rows)
    assert {row.kind for row in Wanted(kind=choices["Kind"][0]).among(rows)} == {choices["Kind"][0]}
    later = documents(knowledge, date(2028, 1, 1))
    assert Wanted(state=STALE).among(later)


def test_every_example_is_a_question_of_the_corpus(knowledge: Knowledge) -> None:
    examples = load_examples(knowledge.root)
    assert 4 <= len(examples) <= 6
    assert len({example.label for example in examples}) == len(examples)
