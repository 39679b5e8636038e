"""Figures of the bench as measures: medians with their range, and ratios of neighbouring repeats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.chat.examples import load_examples
from evals import Options, run_suite
from evals.bench.bench import Bench, Runs, python
from evals.bench.figures import Samples, Section, section
from evals.bench.inside import Times
from evals.bench.process import BenchError, Command, Run
from evals.frame.methods import SYSTEM
from evals.latency import first_words, suite
from evals.latency.first_words import FIRST, WHOLE
from evals.latency.measures import MEASURES
from evals.latency.timing import Ratio, Timing
from ingest.cache import cache_home
from ingest.documents import corpus_root
from rag.errors import UserError

#: The second repeat of both fell into a slow second.
SECTIONS = {
    "x": section(
        "X",
        [
            Samples("ours", "wall time", "s", (2.0, 9.0, 1.0)),
            Samples("less", "wall time", "s", (1.0, 3.0, 0.5)),
            Samples("least", "wall time", "s", (0.5, 0.25)),
            Samples("ours", "peak memory", "MB", (300.0,)),
        ],
    )
}
OURS = Timing("ours-seconds", "seconds of ours", "x", "ours")


def test_a_figure_is_the_median_between_the_lowest_and_the_highest_repeat() -> None:
    measure = OURS.measure(SECTIONS)
    assert [row.method for row in measure.rows] == [SYSTEM, "less", "least"]
    figure = measure.subject.figure
    assert (figure.value, figure.low, figure.high, figure.n) == (2.0, 1.0, 9.0, 3)
    assert figure.reason.startswith("median of 3 repeats in s")
    assert not measure.higher_is_better


def test_only_the_rows_named_stand_beside_it_and_any_row_can_be_the_subject() -> None:
    measure = Timing("less-seconds", "", "x", "less", beside=("ours",)).measure(SECTIONS)
    assert [(row.method, row.figure.value) for row in measure.rows] == [(SYSTEM, 1.0), ("ours", 2.0)]


def test_quantities_are_kept_apart() -> None:
    (row,) = Timing("memory", "", "x", "ours", "peak memory").measure(SECTIONS).rows
    assert row.figure.value == 300.0


def test_a_ratio_divides_neighbours_so_that_a_slow_second_slows_both() -> None:
    figure = Ratio("ours-over-less", "", OURS, "less").measure(SECTIONS).subject.figure
    assert (figure.value, figure.low, figure.high, figure.n) == (2.0, 2.0, 3.0, 3)


def test_without_neighbours_the_medians_are_divided_and_the_range_is_the_widest_there_could_be() -> None:
    figure = Ratio("ours-over-least", "", OURS, "least").measure(SECTIONS).subject.figure
    assert figure.value == round(2.0 / 0.375, 4)
    assert (figure.low, figure.high) == (2.0, 36.0)


def test_a_command_that_fails_ends_the_suite_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(bench: Bench) -> Section:
        bench.runner.run(python("an answer", "-c", "import sys; sys.exit('no index')"))
        raise AssertionError("the command did not fail")

    monkeypatch.setattr(suite, "SECTIONS", {"answer": failing})
    bench = Bench(question="", corpus=tmp_path, repeats=1, folder=tmp_path, say=print)
    with pytest.raises(UserError, match="no index") as caught:
        suite.measure("", bench, Options())
    assert not isinstance(caught.value, BenchError)


def test_a_corpus_without_an_example_question_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"examples\.yaml"):
        run_suite("latency", Options(corpus=tmp_path))


class Instant(Bench):
    """Every command ends at once and says what a process of that kind would say."""

    def in_turn(self, commands: Sequence[Command], *, repeats: int | None = None) -> Runs:
        times = Times(opening=1, first_answer=2, answers=(1, 1), retrievals=(0.5, 0.25), follow_ups=(0.5,))
        return {one.name: [Run(2.0, 100.0, times.model_dump_json())] * (repeats or 1) for one in commands}


def test_every_measure_finds_its_row_of_the_bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sections are the bench's own; only the processes are not."""
    streamed = section("", [Samples(FIRST, "wall time", "s", (1.0,)), Samples(WHOLE, "wall time", "s", (4.0,))])
    monkeypatch.setattr(suite, "SECTIONS", {**suite.SECTIONS, "first words": lambda bench: streamed})
    report = suite.measure("", Instant("", tmp_path, 1, tmp_path, print), Options())
    assert report.timed
    assert [one.name for one in report.measures] == [one.name for one in MEASURES]
    assert all(len(one.rows) > 1 for one in report.measures)
    found = {one.name: one.subject.figure.value for one in report.measures}
    assert found["answer-over-retrieval"] == 3.0
    assert found["first-words-over-whole-answer"] == 0.25
    assert found["peak-memory-mb"] == 100.0


def test_the_first_section_of_a_real_answer_is_there_before_the_whole(tmp_path: Path) -> None:
    (tmp_path / "home").symlink_to(cache_home(), target_is_directory=True)
    question = load_examples(corpus_root())[0].question
    found = first_words.measure(Bench(question, corpus_root(), 1, tmp_path, print))
    first, whole = found.rows
    assert len(first.values) == len(whole.values) == first_words.TIMES
    assert all(0 < one < all_ for one, all_ in zip(first.values, whole.values, strict=True))
