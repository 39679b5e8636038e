"""The plain pipelines: what they find, what they quote, and what they do not know."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from evals.baselines.bm25 import Bm25
from evals.baselines.plain import LexicalPipeline, PlainPipeline
from ingest.documents import Document, corpus_root, load_documents
from ingest.encoder import OnnxEncoder
from tests.conftest import WordEncoder, write_document

Pipeline = LexicalPipeline | PlainPipeline


@pytest.fixture
def documents(small_corpus: Path) -> Mapping[str, Document]:
    write_document(
        small_corpus,
        "plan-c-epidural",
        "## Scope {#scope}\n\nZebras graze. Sedation is rarely needed for an injection. Horses run.\n",
    )
    return load_documents(small_corpus)


@pytest.fixture(params=["lexical", "plain"])
def pipeline(request: pytest.FixtureRequest, documents: Mapping[str, Document]) -> Pipeline:
    return LexicalPipeline(documents) if request.param == "lexical" else PlainPipeline(documents, WordEncoder())


def test_the_section_that_has_the_words_comes_first(pipeline: Pipeline) -> None:
    first, *rest = pipeline.retrieve("Two diagnostic blocks before an ablation")
    assert first.source == "plan-b-facet#facet"
    assert first.text == "Two diagnostic blocks come before an ablation."
    assert all(one.score <= first.score for one in rest)


def test_an_answer_quotes_of_each_section_the_sentence_nearest_to_the_question(pipeline: Pipeline) -> None:
    answer = pipeline.answer("Is sedation needed for an injection?", k=1)
    (sentence,) = answer.sentences
    assert (sentence.source, sentence.text) == (
        "plan-c-epidural#scope",
        "Sedation is rarely needed for an injection.",
    )
    assert answer.best == pipeline.retrieve("Is sedation needed for an injection?", k=1)[0].score


def test_no_more_than_k_sections_are_found(pipeline: Pipeline) -> None:
    assert len(pipeline.retrieve("injection diagnostic repeat fluoroscopy", k=2)) == 2
    assert len(pipeline.answer("injection diagnostic repeat fluoroscopy", k=3).sentences) == 3


def test_the_same_question_has_the_same_answer(pipeline: Pipeline) -> None:
    assert pipeline.answer("repeat injection") == pipeline.answer("repeat injection")


def test_a_section_without_a_word_of_the_question_is_not_found_by_words(documents: Mapping[str, Document]) -> None:
    lexical = LexicalPipeline(documents)
    assert [one.source for one in lexical.retrieve("Where do zebras live?")] == ["plan-c-epidural#scope"]
    assert lexical.answer("What is the capital of Atlantis?") == lexical.answer("")
    assert (lexical.answer("").sentences, lexical.answer("").best) == ((), 0.0)


def test_unknown_words_of_a_question_lower_its_best_score(documents: Mapping[str, Document]) -> None:
    lexical = LexicalPipeline(documents)
    assert lexical.answer("zebras").best > lexical.answer("zebras galaxies quasars").best > 0


def test_scores_by_words_are_shares() -> None:
    bm25 = Bm25(["Zebras graze.", "Horses run.", "Horses graze."])
    assert 0 < max(bm25.scores("zebras zebras graze")) < 1
    assert bm25.coverage("zebras graze", ["Zebras graze here.", "Horses."]).tolist() == [1.0, 0.0]


def test_the_shipped_corpus_can_be_asked() -> None:
    documents = load_documents(corpus_root())
    question = "Is fluoroscopy needed for a cervical epidural steroid injection?"
    for pipeline in (LexicalPipeline(documents), PlainPipeline(documents, OnnxEncoder())):
        answer = pipeline.answer(question)
        assert len(answer.sentences) == 5
        assert any("fluoroscop" in sentence.text.lower() for sentence in answer.sentences)
        for sentence in answer.sentences:
            document, _, anchor = sentence.source.partition("#")
            section = documents[document].section(anchor)
            assert section is not None
            assert sentence.text in section.text
