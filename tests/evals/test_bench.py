"""The arithmetic and the layout of the benchmark's table, and what a measured process that fails leads to."""

import json
import sys
import time
from pathlib import Path

import pytest

from evals.bench.__main__ import main
from evals.bench.bench import Bench, python
from evals.bench.building import edit, middle_document
from evals.bench.figures import Report, Samples, Section, Unit, section
from evals.bench.inside import Times, samples
from evals.bench.process import BenchError, Command, Runner
from evals.bench.table import amount, table
from ingest.documents import load_documents


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(environment={}, directory=tmp_path, timeout_seconds=20)


@pytest.fixture
def compared() -> Section:
    return section(
        "Answer",
        [
            Samples("ask", "wall time", "s", (2.0, 9.0, 1.0)),
            Samples("import", "wall time", "s", (0.5, 0.4, 0.6, 0.5)),
            Samples("ask", "peak memory", "MB", (300.0,)),
            Samples("import", "peak memory", "MB", (100.0,)),
        ],
    )


def report(*sections: Section) -> Report:
    return Report(
        repeats=3, processors=2, load_average=0.25, python="3.11.9", program="guideline-qa", sections=sections
    )


def line(text: str, beginning: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(beginning))


def test_a_row_shows_the_median_and_the_range_not_the_mean(compared: Section) -> None:
    row = compared.rows[0]
    assert (row.median, row.lowest, row.highest, row.values) == (2.0, 1.0, 9.0, (2.0, 9.0, 1.0))


def test_the_median_of_an_even_number_of_values_is_the_middle_of_the_two_in_the_middle() -> None:
    assert section("x", [Samples("a", "wall time", "s", (4.0, 1.0, 2.0, 10.0))]).rows[0].median == 3.0


def test_each_ratio_divides_the_subject_by_the_other_within_one_quantity(compared: Section) -> None:
    assert compared.subject == "ask"
    ratios = {(row.name, row.quantity): row.subject_over_this for row in compared.rows}
    assert ratios == {
        ("ask", "wall time"): None,
        ("import", "wall time"): 4.0,
        ("ask", "peak memory"): None,
        ("import", "peak memory"): 3.0,
    }


def test_there_is_no_ratio_to_nothing_and_none_without_the_subject() -> None:
    rows = section(
        "Index",
        [
            Samples("first", "embedded", "count", (348.0,)),
            Samples("again", "embedded", "count", (0.0,)),
            Samples("again", "wall time", "s", (1.0,)),
        ],
    ).rows
    assert [row.subject_over_this for row in rows] == [None, None, None]


def test_answers_of_all_processes_are_pooled_and_stand_before_what_they_are_compared_with() -> None:
    one = Times(opening=0.5, first_answer=2.0, answers=(0.3, 0.4), retrievals=(0.1, 0.1), follow_ups=(0.2,))
    other = Times(opening=0.7, first_answer=3.0, answers=(0.5,), retrievals=(0.25,), follow_ups=(0.3,))
    found = section("Inside", samples([one, other]))
    assert found.subject == "answer"
    assert found.rows[0].values == (0.3, 0.4, 0.5)
    assert found.rows[1].subject_over_this == pytest.approx(0.4 / 0.1)


def test_the_table_shows_each_figure_with_its_unit_range_number_and_ratio(compared: Section) -> None:
    text = table(report(compared))
    assert line(text, "ask: wall time").split()[3:] == ["2.00", "s", "1.00", "s", "9.00", "s", "3"]
    assert line(text, "import: wall time").split()[3:] == ["500.0", "ms", "400.0", "ms", "600.0", "ms", "4", "4"]
    assert line(text, "import: peak memory").split()[3:] == ["100", "MB", "100", "MB", "100", "MB", "1", "3"]
    assert "2 processors" in text
    assert "load average 0.2" in text


def test_the_columns_of_all_sections_stand_under_each_other(compared: Section) -> None:
    long = section("Start-up", [Samples("a command with a long name", "wall time", "s", (123.0,))])
    lines = table(report(compared, long)).splitlines()
    ends = {line.index("median") + len("median") for line in lines if "lowest" in line}
    figures = [line for line in lines if line.startswith("  ")]
    assert len(ends) == 1
    assert all(line[: min(ends)].endswith((" s", "ms", "MB")) for line in figures)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(0.0123, "s", "12.3 ms"), (1.0, "s", "1.00 s"), (512.4, "MB", "512 MB"), (41.26, "per s", "41.3 per s")],
)
def test_an_amount_is_written_with_its_unit(value: float, unit: Unit, shown: str) -> None:
    assert amount(value, unit) == shown


def test_the_wall_time_and_the_memory_are_those_of_the_process(runner: Runner) -> None:
    small = runner.run(python("small", "-I", "-S", "-c", "print('done')"))
    large = runner.run(python("large", "-I", "-S", "-c", "import time; held = b'x' * 200_000_000; time.sleep(0.3)"))
    assert small.output == "done\n"
    assert 0 < small.peak_mb < 100 < 200 < large.peak_mb < 300
    assert large.wall_seconds > 0.3


def test_a_failing_process_is_named_with_its_exit_code_its_last_words_and_how_to_run_it(runner: Runner) -> None:
    command = python("the answer", "-c", "import sys; sys.exit('no such payer\\nknown: some')")
    with pytest.raises(BenchError) as caught:
        runner.run(command)
    first, *said, remedy = str(caught.value).splitlines()
    assert first == "`the answer` failed (exit code 1). It said:"
    assert said == ["    no such payer", "    known: some"]
    assert remedy.startswith(f"Run it alone to see why: {sys.executable} -c ")


def test_a_process_that_is_killed_is_a_failure(runner: Runner) -> None:
    with pytest.raises(BenchError, match="`killed` failed"):
        runner.run(python("killed", "-c", "import os; os.kill(os.getpid(), 9)"))


def test_a_program_that_is_not_there_is_a_failure(runner: Runner, tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"absent cannot be started \(No such file"):
        runner.run(Command("absent", (str(tmp_path / "absent"),)))


def test_a_process_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    left = tmp_path / "left"
    code = f"import time, pathlib; time.sleep(1.5); pathlib.Path({str(left)!r}).touch()"
    with pytest.raises(BenchError, match=r"`slow` did not end within 0\.5 s"):
        Runner({}, tmp_path, timeout_seconds=0.5).run(python("slow", "-c", code))
    time.sleep(1.5)
    assert not left.exists()


def test_commands_take_turns_and_the_first_round_is_not_counted(tmp_path: Path) -> None:
    said: list[str] = []
    bench = Bench(question="", corpus=tmp_path, repeats=2, folder=tmp_path, say=said.append)
    runs = bench.in_turn([python("one", "-S", "-c", "pass"), python("two", "-S", "-c", "pass")])
    assert {name: len(found) for name, found in runs.items()} == {"one": 2, "two": 2}
    assert said == ["one: warming up", "two: warming up", "one: 1 of 2", "two: 1 of 2", "one: 2 of 2", "two: 2 of 2"]


def test_an_edited_document_has_a_new_title_and_the_corpus_still_loads(small_corpus: Path) -> None:
    document = middle_document(small_corpus)
    before = {key: one.title for key, one in load_documents(small_corpus).items()}
    edit(document, 2)
    after = {key: one.title for key, one in load_documents(small_corpus).items()}
    assert [key for key in before if before[key] != after[key]] == [document.parent.name]


def test_json_is_the_report_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "start-up", "--repeats", "1", "--format", "json", "a question"]) == 0
    out, err = capsys.readouterr()
    found = Report.model_validate(json.loads(out))
    subject, baseline = found.sections[0].rows
    assert baseline.subject_over_this == pytest.approx(subject.median / baseline.median)
    assert "1 of " in err


def test_a_command_that_fails_ends_the_benchmark_in_words_and_without_a_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    absent = tmp_path / "absent"
    assert main(["--only", "answer", "--repeats", "1", "--corpus", str(absent), "a question"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert "bench: `guideline-qa ask, warm` failed (exit code 1)" in err
    assert str(absent) in err


@pytest.mark.parametrize("repeats", ["0", "-1", "many"])
def test_a_number_of_repeats_that_cannot_be_used_is_bad_usage(repeats: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--repeats", repeats, "a question"])
    assert caught.value.code == 2
    assert "is not a number of rounds; give 1 or more" in capsys.readouterr().err
