"""The suite on a small corpus with an encoder that needs no model, and a real short run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals import Options, run_suite
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.models import SuiteReport
from evals.retrieval.methods import drawn_order
from evals.retrieval.suite import measure
from ingest.cache import VARIABLE
from tests.conftest import WordEncoder


@pytest.fixture
def options(small_corpus: Path, beir_set: Path) -> Options:
    return Options(corpus=small_corpus, data=beir_set.parent)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own cache."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


def figure(report: SuiteReport, measure_name: str, method: str = SYSTEM) -> float | None:
    found = report.measure(measure_name)
    assert found is not None, [one.name for one in report.measures]
    return next(row.figure.value for row in found.rows if row.method == method)


def test_own_sections_and_outsiders_documents_are_found(
    options: Options, own_set: Path, home: Path, word_encoder: WordEncoder
) -> None:
    report = measure(options, word_encoder, own=own_set)
    assert figure(report, "right-document@1") == 1
    assert figure(report, "reciprocal-rank@10") == 1
    # Four documents are all within ten: order is what can be wrong.
    assert figure(report, "abstracts:recall@10") == 1
    assert (figure(report, "abstracts:reciprocal-rank@10") or 0) > 0.5


def test_a_long_document_stands_where_its_best_passage_stands(
    options: Options, own_set: Path, home: Path, word_encoder: WordEncoder
) -> None:
    report = measure(options, word_encoder, own=own_set)
    found = report.measure("abstracts:reciprocal-rank@10")
    assert found is not None
    thumb = next(one for one in found.subject.judgements if one.item == "abstracts/1")
    assert thumb.found.split(", ").count("7") == 1
    assert thumb.value == 1


def test_every_measure_sets_the_search_first_beside_three_baselines(
    options: Options, own_set: Path, home: Path, word_encoder: WordEncoder
) -> None:
    report = measure(options, word_encoder, own=own_set)
    for one in report.measures:
        assert [row.method for row in one.rows] == [SYSTEM, NULL, LEXICAL, PLAIN]
        assert len({row.figure.n for row in one.rows}) == 1
    own = report.measure("ndcg@10")
    assert own is not None
    assert {one.name.split(":")[0] for one in own.slices} == {"kind", "payer", "wording"}


def test_an_outsiders_index_leaves_the_users_cache_alone(
    options: Options, own_set: Path, home: Path, word_encoder: WordEncoder, tmp_path: Path
) -> None:
    measure(options, word_encoder, own=own_set, index=tmp_path / "index")
    assert not home.exists()


def test_a_limit_holds_for_queries_and_not_for_documents(
    options: Options, own_set: Path, home: Path, word_encoder: WordEncoder
) -> None:
    report = measure(replace(options, limit=1), word_encoder, own=own_set)
    assert len(report.items) == 2
    assert "Green tea and sleep." in " ".join(word_encoder.encoded)


def test_two_runs_are_the_same(options: Options, own_set: Path, home: Path, word_encoder: WordEncoder) -> None:
    assert measure(options, word_encoder, own=own_set) == measure(options, WordEncoder(), own=own_set)


def test_a_folder_without_sets_is_told(own_set: Path, small_corpus: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    heard: list[str] = []
    options = Options(corpus=small_corpus, data=tmp_path / "empty", notice=heard.append)
    report = measure(options, WordEncoder(), own=own_set)
    assert tuple(heard) == report.notes
    assert "no set in BEIR layout" in report.notes[0]


def test_files_are_read_before_anything_is_embedded(
    options: Options, own_set: Path, beir_set: Path, home: Path, word_encoder: WordEncoder
) -> None:
    (beir_set / "queries.jsonl").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"queries\.jsonl:1"):
        measure(options, word_encoder, own=own_set)
    assert word_encoder.encoded == []


def test_a_drawn_order_holds_each_unit_once_and_follows_the_seed() -> None:
    units = [f"u{number}" for number in range(20)]
    assert sorted(drawn_order([*units, *units], 1)) == sorted(units)
    assert drawn_order(units, 1) == drawn_order(reversed(units), 1)
    assert drawn_order(units, 1) != drawn_order(units, 2)


def test_the_projects_own_search_beats_a_drawn_order_by_far() -> None:
    report = run_suite("retrieval", Options(half="calibrate", limit=30))
    assert (figure(report, "ndcg@10") or 0) > 0.3
    assert (figure(report, "ndcg@10", NULL) or 0) < 0.1
