"""The whole suite on a little: all tables with their baselines, models over HTTP, and the same bytes twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals import Options, run_suite
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.models import SuiteReport
from evals.options import ModelChoice
from rag.errors import UserError
from tests.evals.citations.conftest import plays_all
from tests.model.servers import serving

FEW = Options(limit=20)
PAIR_MEASURES = ("unsupported-refused", "guard-precision", "guard-recall", "guard-auc")
ARTICLE_MEASURES = (
    "every-sentence-has-a-basis",
    "citation-recall",
    "citation-precision",
    "own-words-supported",
    "citation-recall-by-words",
    "citation-precision-by-words",
    "own-words-supported-by-words",
)
BY_JUDGE = ("citation-recall-by-judge", "citation-precision-by-judge", "own-words-supported-by-judge")
AGREEMENT = ("judge-agreement", "judge-kappa", "judge-replies-read")

pytestmark = pytest.mark.usefixtures("one_question")


def value(report: SuiteReport, measure: str, method: str) -> float | None:
    found = report.measure(measure)
    assert found is not None
    return next(row.figure.value for row in found.rows if row.method == method)


def test_without_a_model_every_table_has_the_system_and_its_baselines() -> None:
    report = run_suite("citations", FEW)
    assert tuple(one.name for one in report.measures) == (*PAIR_MEASURES, *ARTICLE_MEASURES, "documents-cited")
    for one in report.measures:
        methods = [row.method for row in one.rows]
        assert methods[0] == SYSTEM
        assert {NULL, LEXICAL, PLAIN} <= set(methods)
    assert value(report, "every-sentence-has-a-basis", SYSTEM) == 1.0
    recall = value(report, "citation-recall", SYSTEM)
    assert recall is not None and recall > 0.8
    assert value(report, "citation-recall", NULL) == 0.0
    judged = {judgement.item.split("|")[0] for one in report.measures for judgement in one.subject.judgements}
    assert judged <= set(report.items)


def test_models_are_measured_over_http_and_replayed_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, judge = tmp_path / "model.jsonl", tmp_path / "judge.jsonl"
    recorded = replace(
        FEW,
        model=ModelChoice(name="openai:small", record=model),
        judge=ModelChoice(name="openai:large", record=judge),
    )
    with serving(plays_all) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        first = run_suite("citations", recorded)
    replayed = replace(FEW, model=ModelChoice(replay=model), judge=ModelChoice(replay=judge))
    again = run_suite("citations", replayed)
    assert again.model_dump_json() == first.model_dump_json()

    assert tuple(one.name for one in first.measures) == (
        *PAIR_MEASURES,
        *ARTICLE_MEASURES,
        *BY_JUDGE,
        "documents-cited",
        *AGREEMENT,
    )
    recall = first.measure("citation-recall")
    assert recall is not None
    names = [SYSTEM, NULL, LEXICAL, PLAIN, "openai:small", f"{SYSTEM} with openai:small"]
    assert [row.method for row in recall.rows] == names
    assert value(first, "citation-recall-by-judge", "openai:small") == 0.25  # the quote; not the three others
    assert value(first, "judge-replies-read", SYSTEM) == 1.0
    assert first.measure("judge-kappa").subject.figure.n > 20  # type: ignore[union-attr]


def test_a_model_that_cannot_be_opened_ends_the_run_with_a_remedy() -> None:
    with pytest.raises(UserError, match="provider:model"):
        run_suite("citations", replace(FEW, limit=2, judge=ModelChoice(name="nameless")))


class LongestPremise:
    """Entails the more, the longer the premise."""

    def __init__(self, name: str) -> None:
        self.name = name

    def entails(self, premise: str, hypothesis: str) -> float:
        return min(len(premise) / 1000, 1.0)


def test_a_cross_encoder_stands_beside_the_guard_alone_and_with_it_and_scores_articles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("evals.citations.compared.CrossEncoderEntailment", LongestPremise)
    report = run_suite("citations", replace(FEW, nli="longest"))
    pairs, articles = report.measure("guard-recall"), report.measure("citation-recall-by-nli")
    assert pairs is not None and articles is not None
    assert [row.method for row in pairs.rows][-2:] == ["NLI", f"{SYSTEM} with NLI"]
    assert articles.subject.figure.n > 10


def test_on_the_half_thresholds_were_set_on_it_says_that_they_flatter() -> None:
    notes = run_suite("citations", replace(FEW, half="calibrate")).notes
    assert any("flattered" in note for note in notes)
    assert not any("flattered" in note for note in run_suite("citations", FEW).notes)
