"""The letter of missing documentation: it asks for exactly what is missing, and decides nothing."""

import io
import re
from typing import TypeVar

import pytest
from pypdf import PdfReader

from rag.article.blocks import Block, Bullets, Numbered, Paragraph, Signature
from rag.article.determination_blocks import missing
from rag.article.letter import missing_letter
from rag.article.markdown import blocks_markdown
from rag.article.models import Answer, Kind
from rag.article.pdf.document import letter_pdf
from rag.article.terminal import blocks_text
from rag.article.words import NO_LABELS, Labels
from rag.criteria.determination import Change, Status, Step
from tests.article.builders import answer, determination

Found = TypeVar("Found", bound=Block)
LABELS = Labels(facts={"procedure.code": "procedure code"}, payers={"example": "Example Plan"})
ASKING = (
    determination("plan-a", Status.DOCUMENTATION, missing=("relief_duration", "imaging")),
    determination("plan-b", Status.DOCUMENTATION, missing=("imaging", "levels")),
    determination("plan-c", Status.DOCUMENTATION, missing=("levels", "imaging", "sedation")),
    determination("plan-d", Status.MET, missing=()),
)
DECISIONS = re.compile(
    r"\b(denied|denial|approved|authori[sz]ed|medically necessary|not met|criteria met|covered)\b", re.I
)


def asking(**changes: object) -> Answer:
    return answer(determinations=ASKING).model_copy(update=changes)


def of(kind: type[Found], blocks: tuple[Block, ...]) -> list[Found]:
    return [block for block in blocks if isinstance(block, kind)]


def test_it_lists_exactly_the_missing_facts_in_the_order_of_the_article() -> None:
    (listed,) = of(Numbered, missing_letter(asking(), LABELS))
    (in_article,) = of(Bullets, missing(ASKING, LABELS))
    assert [item.text for item in listed.items] == [
        "What about imaging?",
        "What about levels?",
        "What about relief_duration?",
        "What about sedation?",
    ]
    assert [line.partition(" (")[0] for line in in_article.items] == [item.text for item in listed.items]


def test_it_lists_every_fact_however_many_there_are() -> None:
    facts = tuple(f"fact {n}" for n in range(40))
    many = answer(determinations=(determination(status=Status.DOCUMENTATION, missing=facts),))
    (listed,) = of(Numbered, missing_letter(many, LABELS))
    assert [item.text for item in listed.items] == [f"What about {fact}?" for fact in facts]


def test_each_question_names_who_asks_with_criterion_and_source() -> None:
    (listed,) = of(Numbered, missing_letter(asking(), LABELS))
    assert listed.items[2].details == ("Example Plan (plan-a): label of repeat (plan-a#repeat)",)
    assert len(listed.items[0].details) == 3


def test_it_names_the_check_with_its_day_and_only_policies_that_ask() -> None:
    markdown = blocks_markdown(missing_letter(asking(), LABELS))
    assert "To: the holder of the medical record" in markdown
    assert "Patient and record number, to be filled in by hand: \\_" in markdown
    assert "Check by code." in markdown
    assert "Example Plan (plan-a): Title of plan-a, version 2025-01-01, in force from 2025-01-01" in markdown
    assert "plan-d" not in markdown


def test_no_word_of_the_question_or_the_record_is_in_it() -> None:
    text = blocks_text(missing_letter(asking(), LABELS))
    assert "minimal relief" not in text
    assert asking().question not in text


def test_what_would_change_the_result_needs_documentation_and_contradicts_no_record() -> None:
    step = Step(fact="imaging", needs="= true", text="imaging agrees: shown", against_record=False)
    silent = Change(steps=(step,), leads_to=Status.MET, text="imaging agrees: shown")
    found = ASKING[0].model_copy(update={"would_change": (*ASKING[0].would_change, silent)})
    text = blocks_text(missing_letter(answer(determinations=(found,)), LABELS))
    assert "Example Plan (plan-a): imaging agrees: shown" in text
    assert "the record says otherwise" not in text


@pytest.mark.parametrize("status", list(Status))
def test_it_says_and_implies_no_decision(status: Status) -> None:
    found = (determination("plan-a", status, reason="because"), ASKING[1])
    text = " ".join(blocks_text(missing_letter(answer(determinations=found), LABELS)).split())
    assert DECISIONS.findall(text) == []
    assert "approves nothing and denies nothing" in text


def test_it_says_who_wrote_it_and_leaves_room_for_name_date_and_signature() -> None:
    blocks = missing_letter(asking(), LABELS)
    assert "a draft until a person has read, corrected and signed it" in blocks_text(blocks)
    assert of(Signature, blocks) == [Signature(("Name and role", "Date", "Signature"))]
    assert blocks_text(blocks).count("_" * 20) >= 3
    assert PdfReader(io.BytesIO(letter_pdf(asking()))).pages[-1].extract_text().count("Signature") == 1


@pytest.mark.parametrize(
    ("nothing", "said"),
    [
        (answer(determinations=(determination(missing=()),)), "Nothing is missing"),
        (answer(kind=Kind.GUIDELINE), "No criteria of a policy were checked"),
        (answer(kind=Kind.REFUSAL), "No criteria of a policy were checked"),
    ],
)
def test_where_nothing_is_missing_it_says_so_and_is_not_to_be_signed(nothing: Answer, said: str) -> None:
    blocks = missing_letter(nothing, NO_LABELS)
    assert said in blocks_text(blocks)
    assert of(Numbered, blocks) == []
    assert of(Signature, blocks) == []


def test_a_hypothetical_is_not_to_be_sent_and_says_so_on_every_page() -> None:
    supposing = asking(hypothesis="relief: 60 %")
    first = of(Paragraph, missing_letter(supposing, LABELS))[0]
    assert first.text == "HYPOTHETICAL, not in the record; do not send. Supposed: relief: 60 %."
    for page in PdfReader(io.BytesIO(letter_pdf(supposing))).pages:
        assert "HYPOTHETICAL, not in the record. Supposed: relief: 60 %" in page.extract_text()


def test_markdown_text_and_pdf_hold_the_same_questions() -> None:
    blocks = missing_letter(asking(), LABELS)
    pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(letter_pdf(asking(), labels=LABELS))).pages)
    for text in (blocks_markdown(blocks), blocks_text(blocks), pdf):
        found = [text.index(f"What about {fact}?") for fact in ("imaging", "levels", "relief_duration", "sedation")]
        assert found == sorted(found)
