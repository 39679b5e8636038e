"""A search that was broken on purpose turns the suite red: its figures fall far, those of the baselines stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evals import Options, run_suite
from evals.frame.methods import LEXICAL, PLAIN
from evals.frame.models import SuiteReport
from rag.retrieval.fusion import fuse
from rag.retrieval.lexical import LexicalIndex
from rag.retrieval.searcher import Hit, Searcher
from tests.evals.red import red

OPTIONS = Options(half="calibrate", limit=40)
#: Where the search takes its fusion from.
FUSE = "rag.retrieval.searcher.fuse"
#: Names of what must fall.
FALLING = ("ndcg@10", "right-document@1", "recall@10", "reciprocal-rank@10")


@pytest.fixture(scope="module")
def sound() -> SuiteReport:
    return run_suite("retrieval", OPTIONS)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    with monkeypatch.context() as patch:
        yield patch


def values(report: SuiteReport, name: str) -> dict[str, float]:
    measure = report.measure(name)
    assert measure is not None
    return {row.method: row.figure.value or 0.0 for row in measure.rows}


def assert_falls(sound: SuiteReport, hurt: SuiteReport, *, to: float) -> None:
    """``to``: the share of the sound figure that is left at most."""
    assert red(sound) == set()
    assert {"ndcg@10", "recall@10"} <= red(hurt)
    for name in FALLING:
        before, after = values(sound, name), values(hurt, name)
        subject = next(iter(before))
        assert after[subject] < to * before[subject], name
        assert [after[method] for method in (LEXICAL, PLAIN)] == [before[method] for method in (LEXICAL, PLAIN)]


def test_scores_turned_round(sound: SuiteReport, broken: pytest.MonkeyPatch) -> None:
    broken.setattr(FUSE, lambda **parts: -fuse(**parts))
    assert_falls(sound, run_suite("retrieval", OPTIONS), to=0.5)


def test_every_passage_scored_alike(sound: SuiteReport, broken: pytest.MonkeyPatch) -> None:
    broken.setattr(FUSE, lambda **parts: 0.5)
    assert_falls(sound, run_suite("retrieval", OPTIONS), to=0.5)


def test_words_of_one_passage_given_to_the_next(sound: SuiteReport, broken: pytest.MonkeyPatch) -> None:
    real = LexicalIndex.scores
    broken.setattr(LexicalIndex, "scores", lambda self, query: real(self, query)[::-1])
    assert_falls(sound, run_suite("retrieval", OPTIONS), to=0.7)


def test_a_search_that_finds_nothing(sound: SuiteReport, broken: pytest.MonkeyPatch) -> None:
    broken.setattr(Searcher, "search", lambda self, query, **options: [])
    assert_falls(sound, run_suite("retrieval", OPTIONS), to=0.01)


def test_a_search_that_crashes_has_failed_and_is_not_left_out(sound: SuiteReport, broken: pytest.MonkeyPatch) -> None:
    def crash(self: Searcher, query: str, **options: object) -> list[Hit]:
        raise RuntimeError("no index")

    broken.setattr(Searcher, "search", crash)
    hurt = run_suite("retrieval", OPTIONS)
    assert_falls(sound, hurt, to=0.01)
    measure = hurt.measure("ndcg@10")
    assert measure is not None
    assert measure.subject.figure.n == OPTIONS.limit
    assert {one.found for one in measure.subject.judgements} == {"RuntimeError: no index"}
