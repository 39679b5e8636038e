"""What the command line prints."""

from __future__ import annotations

import pytest

from evals.frame.models import Measure, Row
from evals.metrics.figure import Figure
from evals.report.scale import scale_of
from evals.report.text import in_words
from tests.evals.report.made import example, measure, report, suite


def line_of(words: str, start: str) -> str:
    return next(line.strip() for line in words.splitlines() if line.strip().startswith(start))


def test_a_metric_is_a_line_with_a_cell_for_each_method() -> None:
    words = in_words(example())
    assert line_of(words, "deciding-right").split() == [
        *("deciding-right", "0.500", "[0.150-0.850]", "4"),
        *("0.000", "[0.000-0.490]", "4"),
    ]


def test_times_have_units() -> None:
    assert line_of(in_words(example()), "answer-seconds") == "answer-seconds  250.0 ms [125.0 ms-500.0 ms]    5"


def test_broken_floors_come_first_with_their_reason() -> None:
    lines = in_words(example()).splitlines()
    at = lines.index("2 of 3 floors are broken.")
    assert lines[at + 1 : at + 4] == [
        "  BROKEN verdicts.deciding-right: 0.5, at least 0.75. why verdicts.deciding-right",
        "  BROKEN verdicts.never-there: nothing was measured, at least 0.5. why verdicts.never-there",
        "  held   verdicts.no-false-met: 1, at least 1. why verdicts.no-false-met",
    ]


def test_about_and_notes_are_said() -> None:
    words = in_words(example())
    assert "What verdicts measures" in words and "Note: verdicts: a note." in words
    assert "software 1.2.3, corpus abcdef012345, seed 7, model none, measured on report half" in words


@pytest.mark.parametrize(("asked", "shown"), [(0, 0), (1, 1), (9, 2)])
def test_as_many_failures_are_shown_as_are_asked_for(asked: int, shown: int) -> None:
    assert in_words(example(), failures=asked).count("expected: ") == shown


def test_a_failure_has_its_text_and_what_was_expected_and_found() -> None:
    words = in_words(example(), failures=1)
    assert "deciding-right: 2 of 4 not right, the worst first" in words
    assert "expected: expected of 1" in words and "found:    found for 1" in words and "text:     A text with" in words


def test_the_worst_comes_first() -> None:
    words = in_words(report(suite("verdicts", measure("graded", [0.9, 0.1, 1, 0.5]))), failures=3)
    assert [line.strip() for line in words.splitlines() if "- case" in line] == ["- case-1", "- case-3", "- case-0"]


def test_times_have_no_failures() -> None:
    timed = suite("latency", measure("answer-seconds", [0.1, 0.2]), timed=True)
    assert "not right" not in in_words(report(timed), failures=5)


def test_methods_that_have_no_room_go_below() -> None:
    rows = tuple(Row(method=f"method {at}", figure=Figure.share(at, 9, of="cases", are="right")) for at in range(7))
    words = in_words(report(suite("verdicts", Measure(name="m", about="", rows=rows))))
    assert max(map(len, words.splitlines())) <= 110
    assert all(f"method {at}" in words for at in range(7))


def test_a_text_cannot_steer_the_terminal() -> None:
    rogue = suite("verdicts", measure("m", [0])).model_copy(update={"items": {"case-0": "a \x1b[2J b"}})
    assert "\x1b" not in in_words(report(rogue), failures=1)


def test_what_was_not_measured_is_a_dash() -> None:
    bare = Measure(name="m", about="", rows=(Row(method="x", figure=Figure.absent("no cases")),))
    assert line_of(in_words(report(suite("verdicts", bare))), "m ").split() == ["m", "-"]


@pytest.mark.parametrize(
    ("value", "timed", "written"),
    [
        (0.5, False, "0.500"),
        (0.9996, False, "0.9996"),
        (0.0004, False, "0.0004"),
        (1.0, False, "1.000"),
        (8.25, False, "8.25"),
        (128.4, False, "128"),
        (0.5, True, "500.0 ms"),
        (2.5, True, "2.50 s"),
    ],
)
def test_a_figure_is_written_as_its_size_and_kind_ask(value: float, timed: bool, written: str) -> None:
    assert scale_of(_alone(value, name="answer-seconds"), timed=timed).number(value) == written


def _alone(value: float, *, name: str = "grade") -> Measure:
    figure = Figure(value=value, low=value, high=value, n=1, reason="")
    return Measure(name=name, about="", rows=(Row(method="x", figure=figure),))


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (4.2, (0, 1, 2, 3, 4, 5)),
        (12, (0, 5, 10, 15)),
        (0.03, (0, 0.01, 0.02, 0.03)),
        (974, (0, 200, 400, 600, 800, 1000)),
    ],
)
def test_an_axis_ends_on_a_round_step(highest: float, ticks: tuple[float, ...]) -> None:
    scale = scale_of(_alone(highest), timed=True)
    assert scale.ticks == pytest.approx(ticks) and scale.top == pytest.approx(ticks[-1])
