"""The guard on labelled pairs one can count: its figures, what is said of each pair, its bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from evals.citations.labelled import METRICS
from evals.citations.labelled.measuring import measure_pairs, texts
from evals.citations.measure import JudgedSet, judge_set, sample
from evals.citations.methods.constant import ACCEPT_ALL
from evals.citations.methods.guarded import Guarded, Judges
from evals.citations.methods.method import Method
from evals.citations.methods.overlap import OVERLAP
from evals.citations.pair import Pair
from evals.citations.pairs import OWN
from evals.frame.methods import SYSTEM
from evals.frame.models import Measure
from evals.metrics.figure import Figure
from tests.evals.citations.guards import BreakingGuard, BrokenGuard, NumberGuard, both_halves, pair

SETS = {OWN: both_halves(), "other": both_halves()}


def judged(guard: Judges | None = None, pairs: tuple[Pair, ...] | None = None, **options: Any) -> list[JudgedSet]:
    methods: list[Method] = [Guarded(SYSTEM, guard or NumberGuard()), ACCEPT_ALL, OVERLAP]
    sets = SETS if pairs is None else {OWN: pairs}
    return [judge_set(name, one, methods, **{"half": "report", "limit": None} | options) for name, one in sets.items()]


def measures(*args: Any, **options: Any) -> dict[str, Measure]:
    return {one.name: one for one in measure_pairs(judged(*args, **options), METRICS)}


def figures(found: dict[str, Measure], part: str = f"set: {OWN}") -> dict[str, float | None]:
    return {
        name: next((one.figures[SYSTEM].value for one in measure.slices if one.name == part), None)
        for name, measure in found.items()
        if name != "guard-auc"
    }


def test_the_figures_are_those_one_counts_by_hand() -> None:
    found = measures()
    counted = {"unsupported-refused": 0.5, "guard-precision": 0.6667, "guard-recall": 1.0}
    assert {name: measure.subject.figure.value for name, measure in found.items() if name != "guard-auc"} == counted
    assert figures(found) == figures(found, "set: other") == counted
    assert set(figures(found, "claims that hold a number").values()) == {1.0}
    contradictions = figures(found, "numeric contradictions")
    assert contradictions == {"unsupported-refused": 1.0, "guard-precision": None, "guard-recall": None}


def test_the_gravest_metric_comes_first_and_every_table_has_its_baselines() -> None:
    found = list(measures().values())
    assert found[0].name == "unsupported-refused"
    assert {tuple(row.method for row in one.rows) for one in found} == {(SYSTEM, ACCEPT_ALL.name, OVERLAP.name)}


def test_a_guard_that_lets_everything_through_shows_as_no_better_than_none() -> None:
    for measure in measures(BrokenGuard()).values():
        system, null, _ = measure.rows
        assert system.figure == null.figure
    assert figures(measures(BrokenGuard())) == {"unsupported-refused": 0.0, "guard-precision": 0.5, "guard-recall": 1.0}


def test_a_pair_the_guard_breaks_on_is_judged_wrongly_and_the_others_are_not() -> None:
    found = measures(BreakingGuard("9 weeks"))
    refused, recall = found["unsupported-refused"], found["guard-recall"]
    assert refused.subject.figure.value == 0.0  # the one right refusal is the one it broke on
    assert recall.subject.figure.value == 1.0
    (broke,) = [one for one in refused.subject.judgements if "broke" in one.found]
    assert broke.found == "accepted, score 1.00; it broke: ZeroDivisionError: no weeks"
    assert measures(BreakingGuard("weeks"))["guard-recall"].subject.figure.value == 0.5


def test_every_judgement_says_what_was_right_and_what_was_found() -> None:
    (right, wrong) = measures()["unsupported-refused"].subject.judgements
    assert (right.value, right.expected) == (1.0, "not supported (k)")
    assert right.found == "refused, score 0.70; numbers: 9 is not in the passage"
    assert (wrong.value, wrong.found) == (0.0, "accepted, score 0.90")
    assert texts(judged()[0])[wrong.item].startswith("Fever was common.\n\nPassage: Sleep improved")


def test_every_figure_has_n_an_interval_and_counts() -> None:
    all_figures = [
        figure
        for measure in measures().values()
        for figure in (*(row.figure for row in measure.rows), *(f for s in measure.slices for f in s.figures.values()))
    ]
    assert len(all_figures) > 20
    for figure in all_figures:
        assert figure.reason
        if figure.value is not None:
            assert figure.n > 0
            assert figure.low is not None and figure.high is not None and figure.low <= figure.value <= figure.high


def test_thresholds_stay_when_the_report_half_changes() -> None:
    turned = tuple(
        one if one.half == "calibrate" else replace(one, supported=not one.supported) for one in both_halves()
    )
    before, after = judged(pairs=both_halves()), judged(pairs=turned)
    assert before[0].thresholds == after[0].thresholds
    assert set(before[0].thresholds) == {OVERLAP.name}
    assert measure_pairs(before, METRICS) != measure_pairs(after, METRICS)


def test_a_set_that_cannot_calibrate_says_so_and_the_guard_is_measured_all_the_same() -> None:
    found = measures(pairs=tuple(one for one in both_halves() if one.half == "report"))
    system, _, words = found["guard-recall"].rows
    assert system.figure.value == 1.0
    assert words.figure == Figure.absent("the calibrate half does not hold pairs of both labels")
    assert words.judgements == ()


def test_only_the_half_asked_for_is_measured() -> None:
    extra = pair("Only here.", "Only here.", True, half="calibrate")
    pairs = (*both_halves(), extra)
    assert len(judged(pairs=pairs, half="report")[0].pairs) == 4
    assert len(judged(pairs=pairs, half="calibrate")[0].pairs) == 5


def test_a_limit_takes_the_same_pairs_whatever_their_order() -> None:
    pairs = [pair(f"claim {number}", "passage", True) for number in range(50)]
    chosen = {one.id for one in sample(pairs, half="report", limit=10)}
    assert len(chosen) == 10
    assert chosen == {one.id for one in sample(pairs[::-1], half="report", limit=10)}
    assert sample(pairs, half="report", limit=None) == pairs
    assert len(judged(limit=2)[0].pairs) == 2


def test_the_same_pairs_give_the_same_bytes() -> None:
    first, second = ([one.model_dump_json() for one in measures().values()] for _ in range(2))
    assert first == second
    assert json.loads(first[0])["name"] == "unsupported-refused"


def test_the_projects_pairs_are_broken_down_by_kind_and_others_are_not() -> None:
    names = [part.name for part in measures()["guard-recall"].slices]
    assert names == [
        f"set: {OWN}",
        "claims that hold a number",
        "kind: k",
        "set: other",
        "set: other, claims that hold a number",
    ]
