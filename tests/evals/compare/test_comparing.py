"""Two runs beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evals.compare import Change, Comparison, compare, in_words
from evals.frame.models import Measure, Row
from evals.metrics.figure import Figure
from tests.evals.report.made import example, measure, report, seconds, suite


def change(
    before: Sequence[float], after: Sequence[float], *, cluster: str = "", higher_is_better: bool = True
) -> Change:
    """The only metric of two runs."""
    one, other = (
        report(suite("verdicts", measure("m", values, cluster=cluster, higher_is_better=higher_is_better)))
        for values in (before, after)
    )
    return compare(one, other).changes[0]


def test_a_run_is_identical_to_itself() -> None:
    found = compare(example(), example())
    assert [(one.name, one.finding) for one in found.changes] == [
        ("verdicts.no-false-met", "identical"),
        ("verdicts.deciding-right", "identical"),
        ("latency.answer-seconds", "not tested"),
    ]
    assert all(not (one.fell or one.rose or one.difference) for one in found.changes)


def test_ten_of_ten_that_got_right_are_better() -> None:
    found = change([0] * 10, [1] * 10)
    assert (found.finding, found.difference, found.test) == ("better", 1.0, "exact McNemar test")
    assert found.p_value == pytest.approx(2 / 2**10)
    assert found.low is not None and 0 < found.low < 1 and found.high == 1.0


def test_ten_of_ten_that_got_wrong_are_worse_and_named() -> None:
    found = change([1] * 10, [0] * 10)
    assert found.finding == "worse"
    assert found.fell == tuple(f"case-{at}" for at in range(10)) and found.rose == ()


def test_four_changes_show_no_difference() -> None:
    found = change([0] * 4 + [1] * 6, [1] * 10)
    assert found.p_value == pytest.approx(2 / 2**4)
    assert (found.finding, found.rose) == ("no difference shown", ("case-0", "case-1", "case-2", "case-3"))


def test_what_went_one_way_and_back_is_not_identical() -> None:
    found = change([1, 0], [0, 1])
    assert (found.finding, found.fell, found.rose) == ("no difference shown", ("case-0",), ("case-1",))


def test_in_clusters_the_finding_rests_on_clusters_and_mcnemar_stands_beside_it() -> None:
    found = change([0] * 10 + [1], [1] * 11, cluster="aaaaabbbbbc")
    assert (found.common, found.clusters, found.test) == (11, 3, "paired randomisation test, by cluster")
    assert found.p_value == pytest.approx(0.5) and found.mcnemar_p == pytest.approx(2 / 2**10)
    assert found.finding == "no difference shown"
    assert found.low is not None and found.low >= 0.0


def test_graded_judgements_are_tested_by_their_sizes_and_never_by_mcnemar() -> None:
    found = change([0.2] * 10, [0.3 + at / 100 for at in range(10)])
    assert (found.finding, found.test, found.mcnemar_p) == ("better", "paired randomisation test", None)
    assert found.difference == pytest.approx(0.145) and found.low is not None and found.low > 0.1


def test_where_lower_is_better_a_fall_is_better() -> None:
    found = change([8.0] * 10, [7.0 - at / 10 for at in range(10)], higher_is_better=False)
    assert found.finding == "better" and found.difference is not None and found.difference < 0
    assert len(found.rose) == 10 and found.fell == ()


def test_one_metric_is_held_to_more_where_more_are_tested() -> None:
    """p of six that rose is 0.031: enough for one metric alone, and 0.094 among three."""
    before, after = (
        report(suite("verdicts", measure("a", first), measure("b", [1, 0]), measure("c", [1, 1])))
        for first in ([0.0] * 6, [1.0] * 6)
    )
    found = compare(before, after)
    assert found.tests == 3
    assert found.changes[0].adjusted_p == pytest.approx(3 * 2 / 2**6)
    assert found.changes[0].finding == "no difference shown"
    assert change([0] * 6, [1] * 6).finding == "better"


def test_judgements_of_one_run_only_are_counted_and_named_and_not_compared() -> None:
    found = change([1, 1, 1], [1, 1, 1, 0])
    assert (found.common, found.difference, found.only_after) == (3, 0.0, ("case-3",))
    assert found.finding == "no difference shown"


def test_runs_that_share_no_item_are_not_tested() -> None:
    one, other = report(suite("verdicts", measure("m", [1]))), report(suite("verdicts", measure("m", [1])))
    renamed = other.suites[0].measures[0].rows[0]
    moved = renamed.judgements[0].model_copy(update={"item": "another"})
    measured = Measure(name="m", about="", rows=(renamed.model_copy(update={"judgements": (moved,)}),))
    found = compare(one, report(suite("verdicts", measured))).changes[0]
    assert (found.finding, found.p_value) == ("not tested", None)


def area(value: float) -> Measure:
    figure = Figure(value=value, low=value, high=value, n=9, reason="9 pairs")
    return Measure(name="area", about="", rows=(Row(method="x", figure=figure),))


def test_a_figure_without_judgements_is_shown_and_not_tested() -> None:
    found = compare(report(suite("citations", area(0.8))), report(suite("citations", area(0.9)))).changes[0]
    assert (found.before.value, found.after.value, found.finding, found.difference) == (0.8, 0.9, "not tested", None)


def test_times_are_shown_and_not_tested() -> None:
    one, other = (report(suite("latency", seconds(value), timed=True)) for value in (0.2, 0.9))
    found = compare(one, other).changes[0]
    assert (found.finding, found.p_value, found.after.value) == ("not tested", None, 0.9)


def test_metrics_of_one_run_only_are_named() -> None:
    one = report(suite("verdicts", measure("kept", [1]), measure("gone", [1])))
    other = report(suite("verdicts", measure("kept", [1])), suite("facts", measure("new", [1])))
    found = compare(one, other)
    assert (found.only_before, found.only_after) == (("verdicts.gone",), ("facts.new",))


def test_what_makes_runs_less_alike_is_said() -> None:
    one = report(suite("verdicts", measure("m", [1])))
    texts = one.suites[0].items | {"case-0": "another text"}
    other = report(one.suites[0].model_copy(update={"limit": 3, "items": texts})).model_copy(
        update={"corpus_hash": "other", "seed": 8}
    )
    notes = " ".join(compare(one, other).notes)
    for said in ("corpus is not the same", "7 before, 8 after", "another choice of items", "1 item has another text"):
        assert said in notes


def test_the_words_say_method_findings_and_items() -> None:
    one = report(suite("verdicts", measure("m", [0] * 10), measure("kept", [1, 0])))
    other = report(suite("verdicts", measure("m", [1] * 10), measure("kept", [1, 0])))
    words = in_words(compare(one, other))
    assert "Holm's method over 2 metrics" in " ".join(words.split())
    assert "Metrics: 1 better, 1 identical." in words
    lines = [line.split() for line in words.splitlines() if line.startswith("verdicts.")]
    assert lines[0] == "verdicts.m 0.000 1.000 +1.000 [+0.608 to +1.000] 10 0 10 0.004 better".split()
    assert lines[1] == "verdicts.kept 0.500 0.500 none 2 0 0 1.000 identical".split()
    assert "got better, 10: case-0; case-1; case-2" in words and "and 2 more" in words


def test_what_got_worse_is_named_first() -> None:
    one, other = (report(suite("verdicts", measure("m", [value] * 10))) for value in (1, 0))
    assert "Metrics: 1 worse. Worse: verdicts.m." in in_words(compare(one, other))


def test_a_comparison_survives_its_file() -> None:
    found = compare(example(), example(), seed=3)
    assert Comparison.model_validate_json(found.model_dump_json()) == found


def test_the_same_runs_and_seed_give_the_same_comparison() -> None:
    one, other = (
        report(suite("verdicts", measure("m", values, cluster="aabbccddee")))
        for values in ([1, 0] * 5, [1, 1, 1, 0, 0, 0, 1, 1, 1, 1])
    )
    assert compare(one, other, seed=5) == compare(one, other, seed=5)
