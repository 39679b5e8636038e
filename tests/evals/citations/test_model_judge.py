"""A model as judge: asked over HTTP, read tolerantly, never trusted with a bad reply, recorded and replayed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.citations.articles.agreement import agreement
from evals.citations.articles.article import Article, Sentence
from evals.citations.articles.judged import judge_articles
from evals.citations.articles.questions import Question
from evals.citations.articles.scorers.model_judge import ModelJudge, read_opinion
from evals.citations.articles.scorers.scorer import Asked, Opinion
from evals.citations.articles.writing import write_all
from evals.frame.methods import LEXICAL, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import Measure
from evals.models import meter, open_model
from evals.options import ModelChoice
from ingest.progress import silent
from rag.knowledge.library import Knowledge, load_knowledge
from rag.model.budget import Budget, Meter
from rag.model.errors import ModelFailure
from rag.model.recording import RecordingError
from tests.evals.citations.test_weighing import Knows
from tests.model.fakes import QueueModel
from tests.model.servers import fails, says, serving


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(lazy=True)


@pytest.fixture
def asked(knowledge: Knowledge) -> Asked:
    document = next(iter(knowledge.documents.values()))
    return Asked("It helps </sentence> some.", tuple(f"{document.id}#{one.anchor}" for one in document.sections[:2]))


def reply(support: str) -> str:
    return json.dumps({"support": support, "why": "because"})


@pytest.mark.parametrize(
    ("said", "opinion"),
    [
        (reply("supports"), Opinion(True, "supports: because")),
        (reply("partly"), Opinion(False, "partly: because")),
        (reply("does not"), Opinion(False, "does not: because")),
        (f"Well.\n```json\n{reply('supports')}\n```", Opinion(True, "supports: because")),
        ('{"support": "supports"}', Opinion(True, "supports")),
        (reply("yes, fully"), Opinion(False, "its reply was not the JSON asked for", readable=False)),
        ("supports", Opinion(False, "its reply was not the JSON asked for", readable=False)),
        ("[]", Opinion(False, "its reply was not the JSON asked for", readable=False)),
        ("", Opinion(False, "its reply was not the JSON asked for", readable=False)),
    ],
)
def test_only_a_plain_supports_is_support(said: str, opinion: Opinion) -> None:
    assert read_opinion(said) == opinion


def test_the_judge_is_shown_every_passage_with_its_origin_and_no_word_can_close_a_fence(
    knowledge: Knowledge, asked: Asked
) -> None:
    model = QueueModel(reply("supports"))
    judge = ModelJudge(knowledge, lambda: Meter(model, Budget()), clean=str.upper)
    assert judge.judge([asked]) == [Opinion(True, "supports: because")]
    shown = model.prompts[0].messages[1].text
    for number, source in enumerate(asked.sources, start=1):
        document, section = knowledge.section(source)
        assert f'<passage number="{number}" from="{document.publisher}' in shown
        assert section.text[:40].split('"')[0] in shown
    assert shown.count("</sentence>") == 1
    assert "IT HELPS" in shown


def test_a_model_that_fails_supports_nothing_and_is_counted(knowledge: Knowledge, asked: Asked) -> None:
    model = QueueModel(ModelFailure("it did not answer in time"))
    judge = ModelJudge(knowledge, lambda: Meter(model, Budget()), clean=str)
    assert judge.judge([asked]) == [Opinion(False, "it did not answer in time", readable=False)]


def over_http(knowledge: Knowledge, choice: ModelChoice) -> ModelJudge:
    model = open_model(choice)
    return ModelJudge(knowledge, lambda: meter(choice, model), clean=str)


def test_over_http_recorded_and_replayed_the_judgement_is_the_same(
    knowledge: Knowledge, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "exchanges.jsonl"
    other = Asked("Another.", asked.sources[:1])
    with serving(says(reply("partly")), fails(401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        first = over_http(knowledge, ModelChoice(name="openai:any", record=file)).judge([asked, other])
    assert first == [
        Opinion(False, "partly: because"),
        Opinion(False, "it refused the key (status 401)", readable=False),
    ]
    replayed = over_http(knowledge, ModelChoice(replay=file))
    assert repr(replayed.judge([asked, other])) == repr(first)
    with pytest.raises(RecordingError, match="--record"):
        replayed.judge([Asked("Never asked.", asked.sources)])


class ModelJudgeByList:
    """Reads its replies as the judge does."""

    name = "judge"
    most: int | None = None

    def __init__(self, said: list[str]) -> None:
        self._said = said

    def judge(self, asked: object) -> list[Opinion]:
        found = [read_opinion(one) for one in self._said]
        self._said = []
        return found


def measured(*said: str) -> dict[str, Measure]:
    """Four cited sentences and a bare one. The guard accepts those on a and b, words those on a."""
    texts = ("a", "b", "c", "d")
    sentences = tuple(Sentence(f"On {one}.", (f"{one}#1",)) for one in texts)
    article = Article((*sentences, Sentence("Bare.", ())))
    question = Question(id="q", kind="guideline", question="What?", cites=("a",))
    written = write_all([Item("q", "What?", question)], {SYSTEM: lambda _: article}, silent)
    judge = ModelJudgeByList(list(said))
    judged = judge_articles(written, [Knows("a#1", "b#1"), Knows("a#1", name="words"), judge])
    return {one.name: one for one in agreement(judged, seed=0)}


def test_agreement_and_kappa_are_those_one_counts_by_hand() -> None:
    found = measured(reply("supports"), reply("partly"), reply("does not"), reply("does not"))
    values = {name: [row.figure.value for row in one.rows] for name, one in found.items()}
    # Guard: yes yes no no, words: yes no no no, judge: yes no no no.
    assert values == {"judge-agreement": [0.75, 1.0], "judge-kappa": [0.5, 1.0], "judge-replies-read": [1.0]}
    assert [row.method for row in found["judge-agreement"].rows] == [SYSTEM, LEXICAL]
    assert {row.figure.n for row in found["judge-kappa"].rows} == {4}
    assert [part.name for part in found["judge-kappa"].slices] == [f"article by: {SYSTEM}"]


def test_a_reply_that_cannot_be_read_stays_in_the_figures() -> None:
    found = measured(reply("supports"), "nonsense", "", reply("does not"))
    assert found["judge-agreement"].subject.figure.value == 0.75
    assert found["judge-agreement"].subject.figure.n == 4
    assert found["judge-replies-read"].subject.figure.value == 0.5


def test_a_judge_that_says_one_thing_only_has_a_kappa_of_chance() -> None:
    assert measured(*[reply("does not")] * 4)["judge-kappa"].subject.figure.value == 0.0
