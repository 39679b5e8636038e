"""The suite on real questions, and how it turns red when what refuses is switched off."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from evals import Options, run_suite
from evals.baselines.plain import PlainPipeline
from evals.frame.measuring import measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import Measure
from evals.refusals import suite
from evals.refusals.measures import MEASURES
from evals.refusals.methods import Chain
from evals.refusals.model_alone import ModelAlone
from evals.refusals.questions import Asked, load_questions
from ingest.index import open_index
from rag import chain
from rag.knowledge.library import Knowledge
from rag.knowledge.scope import Scope
from rag.model.budget import Budget, Meter
from rag.retrieval.searcher import Searcher
from tests.conftest import WordEncoder
from tests.model.fakes import QueueModel

CHOSEN = ("now-saddle", "dose-gabapentin-up", "off-recipe", "far-cpap", "asks-aan-trials", "short-stenosis-code")


def items(names: Sequence[str] = CHOSEN) -> list[Item[Asked]]:
    chosen = [asked for asked in load_questions() if asked.question.id in names]
    return [Item(asked.question.id, asked.question.ask, asked) for asked in chosen]


def figures(knowledge: Knowledge, searcher: Searcher) -> dict[str, float | None]:
    measures: tuple[Measure, ...] = measure_all(items(), {SYSTEM: Chain(knowledge, searcher)}, MEASURES, seed=0)
    return {measure.name: measure.subject.figure.value for measure in measures}


def test_what_is_easy_is_right(knowledge: Knowledge, searcher: Searcher) -> None:
    assert set(figures(knowledge, searcher).values()) == {1.0}


def test_without_the_rules_of_scope_emergencies_are_not_sent_on(
    knowledge: Knowledge, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Scope, "refusal_of", lambda scope, text: None)
    found = figures(knowledge, searcher)
    assert found["emergencies-sent-on"] == 0
    assert found["says-what-to-do"] == 0.5
    assert found["answered-rightly"] == 1


def test_a_chain_that_answers_without_a_source_turns_it_red(
    knowledge: Knowledge, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.evidence._has_source", lambda intake, searcher: True)
    found = figures(knowledge, searcher)
    assert (found["refused-rightly"] or 0) < 1
    assert (found["kind-right"] or 0) < 1


def test_a_chain_that_refuses_everything_turns_it_red(
    knowledge: Knowledge, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "gather", lambda intake, knowledge, searcher: {})
    assert (figures(knowledge, searcher)["answered-rightly"] or 0) < 1


def test_a_run_has_every_baseline_and_is_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "OnnxEncoder", lambda progress: WordEncoder())
    monkeypatch.setattr(suite, "open_index", partial(open_index, directory=tmp_path / "index"))
    first, second = (run_suite("refusals", Options(limit=4)) for _ in range(2))
    assert first == second
    assert len(first.items) == 4
    assert first.half == "report"
    names = [row.method for row in first.measures[0].rows]
    assert names == [SYSTEM, NULL, "null (refuses all)", LEXICAL, PLAIN]


def test_a_model_alone_is_believed_as_far_as_its_form_goes(knowledge: Knowledge) -> None:
    plain = PlainPipeline(knowledge.documents, WordEncoder())
    says = json.dumps({"kind": "refusal", "text": "Call 911 now.", "passages": []})
    model = QueueModel(says, "I would rather not say.")
    alone = ModelAlone(plain, lambda: Meter(model, Budget()), clean=lambda text: text)
    [item] = items(["now-saddle"])
    assert alone(item).refuses
    assert "saddle" in model.prompts[0].messages[1].text
    with pytest.raises(ValueError, match="another form"):
        alone(item)
