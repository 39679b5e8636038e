"""Every form an article leaves the program in."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from ingest.documents import load_documents
from rag.article.exports import FORMATS, ExportKind, Naming, bases_of, export
from rag.article.markdown import answer_markdown
from rag.article.models import Answer
from rag.article.words import Labels
from tests.article.builders import answer

LABELS = Labels(payers={"example": "Example Plan"})
KINDS = list(ExportKind)


def test_every_kind_has_a_format() -> None:
    assert set(FORMATS) == set(ExportKind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_answer_gives_the_same_file(kind: ExportKind) -> None:
    assert export(answer(), kind) == export(answer(), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_read_back_from_its_json_gives_the_same_file(kind: ExportKind) -> None:
    again = Answer.model_validate_json(export(answer(), ExportKind.JSON).content)
    assert export(again, kind) == export(answer(), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_name_is_safe_and_says_nothing_of_the_question(kind: ExportKind) -> None:
    made = export(answer(question="../../Smith, John: is 62321 ok?"), kind)
    assert re.fullmatch(r"guideline-qa-(article|letter)-2025-03-04-[0-9a-f]{12}\.(pdf|md|json|txt)", made.file_name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_hypothetical_says_so_in_its_name_and_at_its_top(kind: ExportKind) -> None:
    made = export(answer().model_copy(update={"hypothesis": "relief: 60 %"}), kind)
    assert "-hypothetical-" in made.file_name
    if made.media_type != "application/pdf":
        top = made.content.decode()[:400]
        assert "relief: 60 %" in top
        assert "hypothe" in top.lower()


@pytest.mark.parametrize("kind", KINDS)
def test_names_and_bytes_are_of_the_type_they_claim(kind: ExportKind) -> None:
    made = export(answer(), kind)
    magic = {"application/pdf": b"%PDF-", "application/json": b"{", "text/markdown; charset=utf-8": b"# "}
    assert made.content.startswith(magic.get(made.media_type, b"Request for missing documentation"))


def test_the_json_fits_the_schema_and_loses_nothing() -> None:
    made = json.loads(export(answer(), ExportKind.JSON).content)
    Draft202012Validator(Answer.model_json_schema(mode="serialization")).validate(made)
    assert Answer.model_validate(made) == answer()


def test_the_markdown_is_the_article_with_its_labels() -> None:
    made = export(answer(), ExportKind.MARKDOWN, Naming(labels=LABELS)).content.decode()
    assert made == answer_markdown(answer(), labels=LABELS)
    assert "Example Plan" in made


def test_the_hash_of_a_review_names_the_document() -> None:
    made = export(answer(), ExportKind.PDF, Naming(known_hash="0123456789abcdef"))
    assert "0123456789ab" in made.file_name


def test_half_a_surrogate_pair_is_no_reason_to_fail() -> None:
    broken = answer(question="half \ud800 pair")
    assert all(export(broken, kind).content for kind in (ExportKind.MARKDOWN, ExportKind.PDF, ExportKind.LETTER_TEXT))


def test_each_section_of_a_corpus_says_how_it_was_confirmed(small_corpus: object) -> None:
    bases = bases_of(load_documents(small_corpus))  # type: ignore[arg-type]
    assert bases["plan-a-epidural#repeat"] == "confirmed in secondary accounts"
    assert len(bases) == 4
