"""A guard that is broken turns the suite red: the figures are the guard's, and fall with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from evals import Options, run_suite
from evals.frame.methods import NULL, SYSTEM
from evals.frame.models import SuiteReport
from rag.guard.support.judge import Judge
from rag.guard.support.models import Evidence, Judgement
from tests.evals.red import red

FEW = Options(limit=60)
Claims = Sequence[tuple[str, Sequence[Evidence]]]


def accepts_all(self: Judge, claims: Claims) -> list[Judgement]:
    return [Judgement(True, 1.0) for _ in claims]


def refuses_all(self: Judge, claims: Claims) -> list[Judgement]:
    return [Judgement(False, 0.0) for _ in claims]


def breaks(self: Judge, claims: Claims) -> list[Judgement]:
    raise ZeroDivisionError("broken")


def figure(report: SuiteReport, measure: str, method: str = SYSTEM) -> float:
    found = report.measure(measure)
    assert found is not None
    value = next(row.figure.value for row in found.rows if row.method == method)
    return -1.0 if value is None else value


@cache
def measured() -> SuiteReport:
    return run_suite("citations", FEW)


@pytest.fixture
def sound(one_question: None) -> SuiteReport:
    return measured()


def test_a_guard_that_accepts_everything_is_red(sound: SuiteReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judge, "judge_all", accepts_all)
    broken = run_suite("citations", FEW)
    assert "unsupported-refused" not in red(sound)
    assert {"unsupported-refused", "guard-precision"} <= red(broken)
    assert figure(broken, "unsupported-refused") == 0.0
    assert figure(broken, "guard-precision") == figure(broken, "guard-precision", NULL)
    assert figure(broken, "guard-precision") < figure(sound, "guard-precision") - 0.2
    # What the guard says of articles is worth nothing then: the null shows it, and the other scorer stays.
    assert figure(broken, "citation-recall", NULL) == 1.0
    assert figure(broken, "citation-recall-by-words", NULL) == figure(sound, "citation-recall-by-words", NULL)


def test_a_guard_that_refuses_everything_is_red(sound: SuiteReport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judge, "judge_all", refuses_all)
    broken = run_suite("citations", FEW)
    assert figure(broken, "guard-recall") == 0.0 < figure(sound, "guard-recall")
    assert figure(broken, "citation-recall") == 0.0 < figure(sound, "citation-recall")


def test_a_guard_that_breaks_is_red(one_question: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judge, "judge_all", breaks)
    broken = run_suite("citations", FEW)
    assert "unsupported-refused" in red(broken)
    assert [figure(broken, name) for name in ("unsupported-refused", "guard-recall", "citation-recall")] == [0.0] * 3
