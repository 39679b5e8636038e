"""Whole conversations on the shipped corpus: what enters the record, what does not, and what every turn shows."""

from datetime import date

import pytest

from evals.prose.questions import EXAMPLE
from rag.article.layout import answer_blocks
from rag.article.markdown import answer_markdown
from rag.article.models import Answer, Audience, Kind
from rag.article.words import NO_LABELS
from rag.case.facts_file import FactsError
from rag.case.values import resolve
from rag.conversation import Desk, converse, reply
from rag.criteria.determination import Determination, Status
from rag.errors import UserError
from rag.events import SectionDone
from rag.followup.models import Message, Selection, Turn, TurnKind
from rag.knowledge.library import Knowledge
from tests.rag.checks import assert_sound
from tests.rag.conftest import Ask

from .conftest import SELECTION, Talk

RELIEF = "prior_injection.relief"


def record_of(turn: Turn) -> tuple[object, ...]:
    assert turn.case_file is not None
    return turn.case_file.case.facts


def determination(turn: Turn, policy: str) -> Determination:
    assert turn.answer is not None
    return next(found for found in turn.answer.determinations if found.policy_id == policy)


def bare(answer: Answer | None) -> dict[str, object]:
    assert answer is not None
    return answer.model_dump(exclude={"last_updated"})


def test_the_first_turn_gives_the_answer_of_a_single_question(talk: Talk, ask_about: Ask) -> None:
    question = "Does Aetna cover 62321 in Ohio after a cervical ESI with 60 % relief for three weeks?"
    assert bare(talk(first=question)[0].answer) == bare(ask_about(question))


def test_a_hypothetical_is_marked_everywhere_and_never_enters_the_record(talk: Talk) -> None:
    first, supposed = talk("what if relief was 60 % for 3 months?")
    assert record_of(supposed) == record_of(first)
    assert supposed.answer is not None
    assert supposed.answer.hypothesis is not None
    assert "60 %" in supposed.answer.hypothesis
    assert "HYPOTHETICAL" in answer_markdown(supposed.answer)
    assert "hypothetical" in str(answer_blocks(supposed.answer, NO_LABELS)[0])
    assert {change.fact for change in supposed.facts} >= {RELIEF}
    assert determination(supposed, "bcbsma-690").status is not determination(first, "bcbsma-690").status


def test_after_a_hypothetical_the_record_answers_as_before(talk: Talk) -> None:
    first, _, again = talk("what if relief was 60 % for 3 months?", "why not met?")
    assert again.answer is not None
    assert again.answer.hypothesis is None
    assert again.answer.determinations == first.answer.determinations  # type: ignore[union-attr]


def test_suppositions_add_up_only_when_the_next_one_begins_with_and(talk: Talk) -> None:
    *_, alone = talk("what if relief was 60 %?", "what if it lasted 3 months?")
    assert RELIEF not in {change.fact for change in alone.facts}
    *_, joined = talk("what if relief was 60 %?", "and what if it lasted 3 months?")
    assert RELIEF in {change.fact for change in joined.facts}


def test_a_supposition_that_is_recorded_counts_like_a_fact_told(talk: Talk) -> None:
    adopted = talk("what if relief was 60 % for 3 months?", "record that")[-1]
    told = talk("correction: relief was 60 % for 3 months")[-1]
    assert adopted.answer is not None
    assert adopted.answer.hypothesis is None
    assert adopted.answer.determinations == told.answer.determinations  # type: ignore[union-attr]
    assert not any(fact.source == "supposition" for fact in adopted.answer.case.facts)


def test_a_correction_replaces_the_fact_and_says_so(talk: Talk, knowledge: Knowledge) -> None:
    turn = talk("actually the relief was 60 %")[-1]
    assert turn.kind is TurnKind.CORRECTION
    assert "under 30 % → 60 %" in turn.reply
    assert turn.case_file is not None
    assert str(resolve(turn.case_file.case, knowledge.vocabulary)[RELIEF]) == "60 %"


def test_a_contradiction_without_a_word_of_correction_leaves_the_fact_unknown(talk: Talk, knowledge: Knowledge) -> None:
    turn = talk("correction: relief was 60 %", "relief was 20 %")[-1]
    assert turn.kind is TurnKind.ADDITION
    assert "contradicts itself" in turn.reply
    assert turn.case_file is not None
    assert RELIEF not in resolve(turn.case_file.case, knowledge.vocabulary)


def test_another_procedure_drops_what_the_old_code_implied(talk: Talk, knowledge: Knowledge) -> None:
    turn = talk("I meant 64479")[-1]
    assert turn.case_file is not None
    values = {name: str(value) for name, value in resolve(turn.case_file.case, knowledge.vocabulary).items()}
    assert "transforaminal" in values["procedure.approach"]
    assert "interlaminar" not in values["procedure.approach"]


def test_an_approach_the_code_does_not_have_leaves_the_code_open(talk: Talk) -> None:
    turn = talk("what about a transforaminal approach instead?")[-1]
    assert turn.answer is not None
    assert "procedure code: not documented" in (turn.answer.hypothesis or "")
    assert all(found.status is not Status.MET for found in turn.answer.determinations)


def test_undo_gives_the_record_before_the_last_change(talk: Talk) -> None:
    turns = talk("the MRI is concordant", "undo")
    assert record_of(turns[-1]) == record_of(turns[0])
    assert record_of(turns[1]) != record_of(turns[0])


def test_a_form_value_is_a_fact_and_can_be_taken_back(talk: Talk) -> None:
    count = "prior_injection.count_12_months"
    filled = Message(facts={count: "2"})
    turns = talk(filled, Message(facts={count: None}))
    assert [(change.before, change.after) for change in turns[1].facts if change.fact == count] == [(None, "2")]
    assert record_of(turns[2]) == record_of(turns[0])


def test_a_form_value_that_cannot_be_read_changes_nothing_and_says_what_would_do(talk: Talk, desk: Desk) -> None:
    turns = talk()
    with pytest.raises(FactsError, match="many"):
        reply(Message(facts={"prior_injection.count_12_months": "many"}), turns, desk=desk)


def test_a_form_value_against_the_record_is_a_conflict_unless_it_corrects(talk: Talk, knowledge: Knowledge) -> None:
    beside = talk(Message(facts={RELIEF: "60 %"}))[-1]
    instead = talk(Message(facts={RELIEF: "60 %"}, correct=True))[-1]
    assert beside.case_file is not None
    assert instead.case_file is not None
    assert RELIEF not in resolve(beside.case_file.case, knowledge.vocabulary)
    assert str(resolve(instead.case_file.case, knowledge.vocabulary)[RELIEF]) == "60 %"


def test_another_payer_decides_and_the_facts_stay(talk: Talk) -> None:
    first, turn = talk("and under Medicare?")
    assert record_of(turn) == record_of(first)
    assert turn.answer is not None
    assert {found.payer for found in turn.answer.determinations} == {"medicare"}


def test_why_under_one_payer_leaves_the_chosen_payers_as_they_were(talk: Talk) -> None:
    _, why, after = talk("why not met under eviCore?", "what is missing?")
    assert {found.payer for found in why.answer.determinations} == {"evicore"}  # type: ignore[union-attr]
    assert len({found.payer for found in after.answer.determinations}) > 1  # type: ignore[union-attr]
    assert why.focus


def test_a_question_on_documents_decides_nothing_and_cites(talk: Talk) -> None:
    first, topic = talk("is it safe above C7?")
    assert topic.kind is TurnKind.TOPIC
    assert topic.answer is not None
    assert topic.answer.kind is Kind.GUIDELINE
    assert topic.answer.verdict is None
    assert topic.answer.references
    assert topic.case_file == first.case_file


@pytest.mark.parametrize(
    "text", ["what's the weather tomorrow?", "how much gabapentin should she take?", "how do I cook pasta?"]
)
def test_what_is_out_of_scope_is_refused_and_the_case_stands(text: str, talk: Talk) -> None:
    first, refused = talk(text)
    assert refused.kind is TurnKind.REFUSAL
    assert refused.answer is not None
    assert refused.answer.kind is Kind.REFUSAL
    assert refused.answer.references == ()
    assert refused.case_file == first.case_file


def test_a_new_case_knows_nothing_of_the_old_one(talk: Talk, ask_about: Ask) -> None:
    question = "Is 64483 medically necessary for a man with lumbar radiculopathy and 6 weeks of failed PT?"
    turns = talk("relief was 60 %", "start a new case", question)
    assert bare(turns[-1].answer) == bare(ask_about(question))


def test_a_question_about_another_patient_opens_a_case_of_its_own(talk: Talk, ask_about: Ask) -> None:
    question = "Is 64483 medically necessary for a man with lumbar radiculopathy and 6 weeks of failed PT?"
    turn = talk(question)[-1]
    assert turn.kind is TurnKind.QUESTION
    assert "nothing said before was carried over" in turn.reply
    assert bare(turn.answer) == bare(ask_about(question))


def test_words_for_the_patient_change_nothing_else(talk: Talk) -> None:
    first, plain = talk("write it for the patient")
    assert first.answer is not None
    assert plain.answer is not None
    assert plain.answer.audience is Audience.PATIENT
    assert plain.answer.determinations == first.answer.determinations
    assert plain.answer.references == first.answer.references
    assert plain.case_file is not None
    assert plain.case_file.selection.audience is Audience.PATIENT


def test_a_note_is_read_with_its_question_and_each_fact_names_the_text_it_stands_in(desk: Desk) -> None:
    note = "Assessment: cervical radiculopathy. CESI 6 weeks ago with 60 % relief for 3 weeks. MRI is concordant."
    turn = reply(Message(text="Is 62321 necessary?", note=note, selection=SELECTION), [], desk=desk)
    assert turn.case_file is not None
    sources = {fact.id: fact.source for fact in turn.case_file.case.facts}
    assert sources["procedure.code"] == "question"
    assert sources[RELIEF] == "note"


def test_a_note_alone_is_asked_about(desk: Desk) -> None:
    note = "Request: CPT 62321. Cervical radiculopathy, first injection."
    turn = reply(Message(note=note, selection=SELECTION), [], desk=desk)
    assert turn.answer is not None
    assert turn.answer.kind is Kind.DETERMINATION


def test_the_pickers_choose_without_words(talk: Talk) -> None:
    payer = talk(Message(selection=Selection(on=date(2026, 11, 22), payer="aetna")))[-1]
    assert payer.kind is TurnKind.SELECTION
    words = talk(Message(selection=Selection(on=date(2026, 11, 22), audience=Audience.REVIEWER)))[-1]
    assert words.kind is TurnKind.AUDIENCE


def test_a_payer_nobody_here_has_changes_nothing_and_lists_those_there_are(talk: Talk) -> None:
    first, turn = talk("and under Humana?")
    assert turn.answer is None
    assert turn.case_file == first.case_file
    assert "Humana" in turn.reply
    assert "Medicare" in turn.reply


@pytest.mark.parametrize("message", [Message(), Message(text="   "), Message(selection=SELECTION)])
def test_an_empty_message_says_what_to_do(message: Message, talk: Talk, desk: Desk) -> None:
    with pytest.raises(UserError, match="Nothing was asked"):
        reply(message, talk(), desk=desk)


def test_sections_come_before_the_answer_and_the_turn_comes_last(desk: Desk) -> None:
    events = list(converse(Message(text=EXAMPLE, selection=SELECTION), [], desk=desk))
    kinds = [type(event) for event in events]
    assert kinds[-2:] == [Answer, Turn]
    assert set(kinds[:-2]) == {SectionDone}


def test_every_answer_of_a_conversation_is_sound(talk: Talk, knowledge: Knowledge) -> None:
    turns = talk(
        "what if relief was 60 % for 3 months?",
        "she had 8 weeks of physical therapy that failed",
        "and under Medicare?",
        "is it safe above C7?",
        "correction: relief was 55 %",
        "write it for the patient",
    )
    for turn in turns:
        assert turn.answer is not None
        assert_sound(turn.answer, knowledge)


def test_the_same_messages_give_the_same_turns(talk: Talk) -> None:
    once, again = (talk("what if relief was 60 %?", "and under Aetna?") for _ in range(2))
    for one, other in zip(once, again, strict=True):
        assert one.model_dump(exclude={"answer": {"last_updated"}}) == other.model_dump(
            exclude={"answer": {"last_updated"}}
        )
