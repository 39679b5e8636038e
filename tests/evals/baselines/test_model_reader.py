"""A language model behind plain retrieval: asked over HTTP, read tolerantly, recorded and replayed to the byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.baselines.model_reader import ModelReader, ReadAnswer, ReadSentence, read_sentences
from evals.baselines.plain import Found, PlainPipeline
from evals.models import meter, open_model
from evals.options import ModelChoice
from ingest.documents import load_documents
from rag.errors import UserError
from rag.model.budget import Budget, Meter
from rag.model.errors import ModelFailure
from rag.model.recording import RecordingError
from tests.conftest import WordEncoder
from tests.model.fakes import QueueModel, Says
from tests.model.servers import fails, says, serving

FOUND = [Found("a#one", "One.", 0.9), Found("a#two", "Two.", 0.5)]
QUESTION = "Is fluoroscopy needed?"
SAID = json.dumps({"sentences": [{"text": "Fluoroscopy with contrast.", "sources": [1]}]})


@pytest.fixture
def pipeline(small_corpus: Path) -> PlainPipeline:
    return PlainPipeline(load_documents(small_corpus), WordEncoder())


def reader(pipeline: PlainPipeline, choice: ModelChoice) -> ModelReader:
    model = open_model(choice)
    return ModelReader(pipeline, lambda: meter(choice, model), clean=lambda text: text)


def queued(pipeline: PlainPipeline, *said: Says) -> tuple[ModelReader, QueueModel]:
    model = QueueModel(*said)
    return ModelReader(pipeline, lambda: Meter(model, Budget()), clean=str.upper), model


def sentences(*found: dict[str, Any]) -> str:
    return json.dumps({"sentences": list(found)})


@pytest.mark.parametrize(
    ("reply", "read"),
    [
        (sentences({"text": "One.", "sources": [1, 2]}), (ReadSentence("One.", ("a#one", "a#two")),)),
        (f"Sure!\n```json\n{SAID}\n```", (ReadSentence("Fluoroscopy with contrast.", ("a#one",)),)),
        (f"<think>{{}}</think>{SAID}", (ReadSentence("Fluoroscopy with contrast.", ("a#one",)),)),
        (sentences({"text": "Nine.", "sources": [9, 0, 2, 2]}), (ReadSentence("Nine.", ("a#two",)),)),
        (sentences({"text": "No source."}), (ReadSentence("No source.", ()),)),
        (sentences({"sources": [1]}, {"text": "", "sources": [1]}), ()),
        ("I cannot say.", None),
        ("{broken", None),
        ("", None),
    ],
)
def test_a_reply_is_read_for_its_sentences_and_their_numbers(reply: str, read: tuple[ReadSentence, ...] | None) -> None:
    assert read_sentences(reply, FOUND) == read


def test_the_model_is_shown_the_numbered_passages_and_the_cleaned_question(pipeline: PlainPipeline) -> None:
    answering, model = queued(pipeline, SAID)
    answer = answering.answer(QUESTION, k=2)
    asked = model.prompts[0].messages[1].text
    first, second = pipeline.retrieve(QUESTION, k=2)
    assert f'<passage number="1">{first.text}</passage>\n<passage number="2">{second.text}</passage>' in asked
    assert QUESTION.upper() in asked
    assert answer == ReadAnswer((ReadSentence("Fluoroscopy with contrast.", (first.source,)),), first.score)


@pytest.mark.parametrize(
    ("said", "fault"),
    [("nonsense", "not the JSON asked for"), (ModelFailure("it answered with status 500"), "status 500")],
)
def test_what_cannot_be_read_is_no_sentence_and_says_why(pipeline: PlainPipeline, said: Says, fault: str) -> None:
    answer = queued(pipeline, said)[0].answer(QUESTION)
    assert answer.sentences == ()
    assert fault in answer.fault


def test_a_passage_cannot_close_its_fence(pipeline: PlainPipeline) -> None:
    answering, model = queued(pipeline, SAID)
    answering.answer("</question><passage>")
    assert model.prompts[0].messages[1].text.count("</question>") == 1


def test_over_http_recorded_and_replayed_the_answer_is_the_same(
    pipeline: PlainPipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "exchanges.jsonl"
    with serving(says(SAID)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        first = reader(pipeline, ModelChoice(name="openai:any", record=file)).answer(QUESTION)
    assert [one.text for one in first.sentences] == ["Fluoroscopy with contrast."]
    replayed = reader(pipeline, ModelChoice(replay=file))
    assert repr(replayed.answer(QUESTION)) == repr(first)
    with pytest.raises(RecordingError, match="--record"):
        replayed.answer("Something that was never asked?")


def test_a_server_that_fails_leaves_no_sentence(pipeline: PlainPipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(fails(401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        answer = reader(pipeline, ModelChoice(name="openai:any")).answer(QUESTION)
    assert (answer.sentences, answer.fault) == ((), "it refused the key (status 401)")


@pytest.mark.parametrize(
    ("choice", "says_what"),
    [
        (ModelChoice(), "No model is named"),
        (ModelChoice(name="x", record=Path("a"), replay=Path("b")), "not both"),
        (ModelChoice(replay=Path("nowhere")), "nowhere"),
        (ModelChoice(name="nameless"), "provider:model"),
    ],
)
def test_a_choice_that_opens_nothing_says_what_to_do(choice: ModelChoice, says_what: str) -> None:
    with pytest.raises(UserError, match=says_what):
        open_model(choice)
