"""What a small real model wrote (``make test-model``): the guards let its true sentences pass and stop the others."""

import re
from datetime import date
from pathlib import Path

import pytest

from evals.prose.questions import DAY, QUESTIONS
from rag.article.models import Answer, Audience, ClaimBasis
from rag.knowledge.library import Knowledge
from rag.model.options import ModelOptions
from rag.model.recording import Recorder, Replay
from tests.rag.checks import assert_sound, section_text
from tests.rag.conftest import Ask
from tests.rag.recorded_model import RecordedModel

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
#: What a verdict is made of, in the words this model used; sentences of a document may hold them, its own may not.
_STATUS = re.compile(r"medically necessary|approved|covered by|meets? the criteria|justified", re.IGNORECASE)

Asked = tuple[str, Audience, RecordedModel, Answer, Answer]


@pytest.fixture(scope="module")
def asked(ask_about: Ask) -> list[Asked]:
    """Each question with the template's answer and the one that the model worded."""
    found = []
    for question, audience in QUESTIONS:
        model = RecordedModel()
        options = {"on": date.fromisoformat(DAY), "audience": audience}
        plain = ask_about(question, **options)
        found.append((question, audience, model, plain, ask_about(question, model=ModelOptions(model), **options)))
    return found


def test_the_recording_holds_replies_to_every_question(asked: list[Asked]) -> None:
    assert all(model.said for _, _, model, _, _ in asked)


def test_what_code_says_is_the_templates_to_the_word(asked: list[Asked]) -> None:
    for _, _, _, plain, answer in asked:
        assert (answer.verdict, answer.determinations) == (plain.verdict, plain.determinations)
        assert checked(answer) == checked(plain)


def checked(answer: Answer) -> list[str]:
    return [c.text for s in answer.sections for c in s.claims if c.basis is ClaimBasis.CHECK or c.criteria]


def test_the_articles_are_sound_and_hold_sentences_of_the_model(asked: list[Asked], knowledge: Knowledge) -> None:
    kept = 0
    for _, _, _, _, answer in asked:
        assert_sound(answer, knowledge)
        assert answer.provenance.model_use is not None
        kept += answer.provenance.model_use.kept
    assert kept >= 20, "guards that refuse everything would pass every other test here"


def test_no_sentence_of_the_model_has_a_figure_that_its_source_has_not(
    asked: list[Asked], knowledge: Knowledge
) -> None:
    documents = dict(knowledge.documents)
    for _, _, _, plain, answer in asked:
        own = {claim.text for section in plain.sections for claim in section.claims}
        references = {reference.n: reference for reference in answer.references}
        for section in answer.sections:
            for claim in section.claims:
                if claim.text in own or not claim.citations:
                    continue
                cited = [references[n] for n in claim.citations]
                held = " ".join(section_text(documents, r.document_id, r.anchor) + r.title + r.version for r in cited)
                assert set(_FIGURE.findall(claim.text)) <= set(_FIGURE.findall(held)), claim.text


def test_the_verdicts_this_model_invented_stand_in_no_article(asked: list[Asked], knowledge: Knowledge) -> None:
    corpus = " ".join(section.text for document in knowledge.documents.values() for section in document.sections)
    invented = 0
    for _, _, model, _, answer in asked:
        said = {text for text in model.said if _STATUS.search(text) and text.strip() not in corpus}
        invented += len(said)
        assert not said & {claim.text for section in answer.sections for claim in section.claims}
    assert invented, "the recording holds no such sentence, so the test looks at nothing"


def test_recorded_and_replayed_the_answer_is_the_same_to_the_byte(ask_about: Ask, tmp_path: Path) -> None:
    question, audience = QUESTIONS[-1]
    options = {"on": date.fromisoformat(DAY), "audience": audience}
    recorder = Recorder(RecordedModel(), tmp_path / "again.jsonl")
    first = ask_about(question, model=ModelOptions(recorder), **options)
    again = ask_about(question, model=ModelOptions(Replay(tmp_path / "again.jsonl")), **options)
    assert first.model_copy(update={"last_updated": again.last_updated}).model_dump_json() == again.model_dump_json()
