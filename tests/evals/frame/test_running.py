"""Several suites as one report: kept as they are done, taken up again, one broken floor told."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from evals import running
from evals.fingerprint import fingerprint
from evals.folders import folder_of
from evals.frame.floors import given_floor
from evals.frame.models import SuiteReport
from evals.kept import keep, kept, make_room
from evals.options import ModelChoice, Options
from evals.running import run_suites
from evals.verdicts.cases import load_cases
from rag.errors import UserError
from tests.evals.frame.made import suite

Asked = list[str]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Suites that are made up; which of them were run."""
    names: Asked = []

    def run(name: str, options: Options) -> SuiteReport:
        names.append(name)
        return suite(name, right=0.5)

    monkeypatch.setattr(running, "run_suite", run)
    return names


def test_the_report_holds_the_suites_in_the_order_asked_for(asked: Asked) -> None:
    report = run_suites(["facts", "verdicts", "facts"], Options())
    assert [one.suite for one in report.suites] == asked == ["facts", "verdicts"]


def test_an_unknown_suite_is_refused_with_the_list(asked: Asked) -> None:
    with pytest.raises(UserError, match=r"There is no suite 'verdict'\. Suites: verdicts, facts"):
        run_suites(["facts", "verdict"], Options())
    assert asked == []


def test_a_floor_of_a_suite_that_is_not_run_is_refused_before_anything_runs(asked: Asked) -> None:
    with pytest.raises(UserError, match="that suite is not run"):
        run_suites(["facts"], Options(), floors=[given_floor("verdicts.right=1")])
    assert asked == []


@pytest.mark.parametrize(("least", "broken"), [(0.5, 0), (0.6, 1)])
def test_a_figure_under_its_floor_is_broken(asked: Asked, least: float, broken: int) -> None:
    report = run_suites(["repeatability"], Options(), floors=[given_floor(f"repeatability.right={least}")])
    assert [one.measure for one in report.broken if one.measure.endswith("right")] == ["repeatability.right"] * broken


def test_a_run_that_broke_off_goes_on_where_it_was(asked: Asked, tmp_path: Path) -> None:
    run_suites(["facts"], Options(), folder=tmp_path)
    run_suites(["facts", "verdicts"], Options(), folder=tmp_path, resume=True)
    assert asked == ["facts", "verdicts"]


def test_without_resume_everything_is_measured_anew(asked: Asked, tmp_path: Path) -> None:
    run_suites(["facts"], Options(), folder=tmp_path)
    run_suites(["facts"], Options(), folder=tmp_path)
    assert asked == ["facts", "facts"]


@pytest.mark.parametrize("other", [Options(seed=1), Options(limit=3), Options(half="calibrate")])
def test_a_suite_of_other_options_is_not_taken_up(asked: Asked, tmp_path: Path, other: Options) -> None:
    run_suites(["facts"], Options(), folder=tmp_path)
    run_suites(["facts"], other, folder=tmp_path, resume=True)
    assert asked == ["facts", "facts"]


def test_a_kept_suite_that_was_cut_off_is_measured_anew(asked: Asked, tmp_path: Path) -> None:
    run_suites(["facts"], Options(), folder=tmp_path)
    file = tmp_path / "suites" / "facts.json"
    file.write_bytes(file.read_bytes()[:100])
    run_suites(["facts"], Options(), folder=tmp_path, resume=True)
    assert asked == ["facts", "facts"]


def test_kept_suites_come_back_as_they_were(tmp_path: Path) -> None:
    made = suite("facts", right=0.25)
    make_room(tmp_path)
    keep(made, tmp_path, "same")
    assert kept("facts", tmp_path, "same") == made
    assert kept("facts", tmp_path, "other") is None


def test_a_fingerprint_changes_with_the_data_brought(tmp_path: Path) -> None:
    options = Options(data=tmp_path)
    before = fingerprint("facts", options)
    (tmp_path / "cases.jsonl").write_text("{}\n")
    assert fingerprint("facts", options) != before == fingerprint("facts", replace(options, data=None))


def test_suites_side_by_side_give_the_same_figures_and_tell_their_progress(tmp_path: Path) -> None:
    """Two small suites in processes of their own."""
    said: list[str] = []
    lock = threading.Lock()

    def progress(done: int, total: int, what: str) -> None:
        with lock:
            said.append(what)

    options = Options(limit=2, progress=progress)
    together, alone = (run_suites(["identifiers", "facts"], options, jobs=jobs) for jobs in (2, 1))
    assert together.suites == alone.suites
    assert any(what.startswith("facts: ") for what in said)


def test_a_fault_in_brought_data_is_told_by_line_from_another_process(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "mine.jsonl").write_text('{"id": "a", "policy": "nobody", "on": "2026-01-01"}\n')
    with pytest.raises(UserError, match=r"mine\.jsonl:1: "):
        run_suites(["facts", "verdicts"], Options(data=tmp_path), jobs=2)


def test_a_fault_in_labelled_data_is_not_called_one_of_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.yaml").write_text("policy: nobody\n")
    monkeypatch.setattr("evals.verdicts.suite.load_cases", lambda knowledge: load_cases(knowledge, tmp_path))
    with pytest.raises(UserError, match="labelled data cannot be used"):
        run_suites(["verdicts"], Options())


def test_a_folder_that_cannot_be_written_is_told_before_anything_runs(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        run_suites(["facts"], Options(), folder=tmp_path / "file")
    assert asked == []


@pytest.mark.parametrize("part", [Options(limit=2), Options(half="report")])
def test_of_a_part_of_the_items_only_given_floors_say_something(asked: Asked, part: Options) -> None:
    assert run_suites(["facts"], part).floors == ()
    assert [one.held for one in run_suites(["facts"], part, floors=[given_floor("facts.right=0.6")]).floors] == [False]


def test_a_suite_that_is_timed_is_never_taken_up(tmp_path: Path) -> None:
    make_room(tmp_path)
    keep(suite("latency", right=1).model_copy(update={"timed": True}), tmp_path, "same")
    assert kept("latency", tmp_path, "same") is None


def test_a_language_model_is_asked_by_one_suite_at_a_time(asked: Asked) -> None:
    run_suites(["facts", "verdicts"], Options(model=ModelChoice(replay=Path("none"))), jobs=2)
    assert asked == ["facts", "verdicts"]  # in this process: others would not have been counted


def test_a_suite_finds_its_own_folder_in_a_folder_of_data(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    assert folder_of("citations", tmp_path) == tmp_path / "claims"
    assert folder_of("verdicts", tmp_path) is None


def test_a_folder_without_such_folders_is_the_suites_own(tmp_path: Path) -> None:
    assert folder_of("citations", tmp_path) == tmp_path
    assert folder_of("latency", tmp_path) is None


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        folder_of("facts", tmp_path / "nowhere")
