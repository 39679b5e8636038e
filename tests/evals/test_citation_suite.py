"""The whole measurement on pairs one can count: its figures, its words, its bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from evals import SUITES, Options, run
from evals.citations.measure import sample
from evals.citations.methods.constant import ACCEPT_ALL
from evals.citations.methods.guarded import Guarded, Judges
from evals.citations.methods.method import Method
from evals.citations.methods.overlap import OVERLAP
from evals.citations.pair import Pair
from evals.citations.pairs import OWN
from evals.citations.report import CitationReport
from evals.citations.suite import measure
from evals.citations.table import WIDTH
from rag.errors import UnknownName
from tests.evals.guards import BrokenGuard, NumberGuard, both_halves, pair


def report(guard: Judges | None = None, pairs: tuple[Pair, ...] | None = None, **options: Any) -> CitationReport:
    compared: list[Method] = [Guarded("guard", guard or NumberGuard()), ACCEPT_ALL, OVERLAP]
    return measure({OWN: both_halves() if pairs is None else pairs}, compared, Options(**options))


def guard_figures(found: CitationReport, part: str = "all pairs") -> dict[str, float | None]:
    (slice_,) = [one for one in found.sets[0].slices if one.name == part]
    figures = slice_.methods[0]
    return {"precision": figures.precision.value, "recall": figures.recall.value, "rejected": figures.rejected.value}


def test_the_figures_are_those_one_counts_by_hand() -> None:
    found = report()
    assert guard_figures(found) == {"precision": 0.6667, "recall": 1.0, "rejected": 0.5}
    assert guard_figures(found, "claims that hold a number") == {"precision": 1.0, "recall": 1.0, "rejected": 1.0}
    assert guard_figures(found, "numeric contradictions") == {"precision": None, "recall": None, "rejected": 1.0}


def test_a_guard_that_lets_everything_through_shows_as_no_better_than_none() -> None:
    found = report(BrokenGuard())
    assert guard_figures(found) == {"precision": 0.5, "recall": 1.0, "rejected": 0.0}
    assert guard_figures(found, "numeric contradictions")["rejected"] == 0.0
    guard, accept_all, _ = found.sets[0].slices[0].methods
    assert guard.model_copy(update={"method": accept_all.method}) == accept_all
    assert len(report(BrokenGuard(), failures=9).failures) == 2


def test_every_figure_has_n_an_interval_and_counts() -> None:
    data = json.loads(report().as_json())
    figures = [
        method[name]
        for set_ in data["sets"]
        for part in set_["slices"]
        for method in part["methods"]
        for name in ("precision", "recall", "rejected", "auc")
    ]
    assert len(figures) > 20
    for figure in figures:
        assert set(figure) == {"value", "low", "high", "n", "reason"}
        assert figure["reason"]
        assert figure["n"] == 0 if figure["value"] is None else figure["low"] <= figure["value"] <= figure["high"]


def test_thresholds_stay_when_the_report_half_changes() -> None:
    turned = tuple(
        one if one.half == "calibrate" else replace(one, supported=not one.supported) for one in both_halves()
    )
    before, after = report(), report(pairs=turned)
    assert before.sets[0].thresholds == after.sets[0].thresholds
    assert set(before.sets[0].thresholds) == {OVERLAP.name}
    assert before.sets[0].slices != after.sets[0].slices


def test_a_set_that_cannot_calibrate_says_so_and_the_guard_is_measured_all_the_same() -> None:
    found = report(pairs=tuple(one for one in both_halves() if one.half == "report"))
    guard, _, words = found.sets[0].slices[0].methods
    assert guard.recall.value == 1.0
    assert words.recall.value is None
    assert words.recall.reason == "the calibrate half does not hold pairs of both labels"
    assert found.sets[0].thresholds == {}


def test_only_the_half_asked_for_is_measured() -> None:
    extra = pair("Only here.", "Only here.", True, half="calibrate")
    pairs = (*both_halves(), extra)
    assert report(pairs=pairs, half="report").sets[0].slices[0].pairs == 4
    assert report(pairs=pairs, half="calibrate").sets[0].slices[0].pairs == 5


def test_the_gravest_errors_come_first_with_claim_passage_and_what_was_found() -> None:
    wrong = (
        pair("Relief lasted 7 weeks.", "Relief lasted seven weeks.", True),
        pair("5 of 6 slept.", "Five of six slept.", True),
    )
    found = report(pairs=(*both_halves(), *wrong), failures=1).failures
    assert [(one.claim, one.accepted) for one in found] == [("Fever was common.", True), ("5 of 6 slept.", False)]
    assert found[1].found == ("numbers: 5 is not in the passage", "numbers: 6 is not in the passage")
    assert report().failures == ()


def test_a_limit_takes_the_same_pairs_whatever_their_order() -> None:
    pairs = [pair(f"claim {number}", "passage", True) for number in range(50)]
    chosen = {one.id for one in sample(pairs, half="report", limit=10)}
    assert len(chosen) == 10
    assert chosen == {one.id for one in sample(pairs[::-1], half="report", limit=10)}
    assert sample(pairs, half="report", limit=None) == pairs
    assert report(limit=2).sets[0].slices[0].pairs == 2


def test_the_same_pairs_give_the_same_bytes() -> None:
    first, second = report(failures=3), report(failures=3)
    assert first.as_json() == second.as_json()
    assert first.in_words() == second.in_words()


def test_the_text_names_half_set_method_and_n_and_keeps_to_its_width() -> None:
    text = report(failures=1).in_words()
    assert text.startswith("Citations: report half.")
    assert "own: all pairs, 4 (2 supported)" in text
    assert "own: numeric contradictions, 1 (0 supported)" in text
    row = next(line for line in text.splitlines() if line.startswith("  guard"))
    assert row.split()[:4] == ["guard", "0.67", "[0.21-0.94]", "3"]
    assert max(map(len, text.splitlines())) <= WIDTH


def test_the_projects_pairs_are_broken_down_by_kind_and_others_are_not() -> None:
    assert "own: guard, by kind" in report().in_words()
    other = measure({"other": both_halves()}, [Guarded("guard", NumberGuard())], Options())
    assert "by kind" not in other.in_words()


def test_words_that_steer_a_terminal_do_not_reach_it() -> None:
    hostile = (*both_halves(), pair("\x1b[2J9 weeks", "\x1b]0;x\x07", False))
    assert "\x1b" not in report(BrokenGuard(), pairs=hostile, failures=9).in_words()


def test_an_unknown_suite_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match=r"There is no suite 'citation'\. Known: " + ", ".join(SUITES)):
        run("citation", Options())
