"""The whole measurement on a thread one can count, and what a broken conversation does to its figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals import Options, run_suite
from evals.followups.conversations import Conversation, Repeating
from evals.followups.measures import METRICS
from evals.followups.script import Thread
from evals.followups.scripts import OWN_FOLDER, scripts_folder
from evals.followups.suite import measure
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.models import Judgement, SuiteReport
from rag.knowledge.library import Knowledge
from tests.evals.followups.conftest import RELIEF, under
from tests.evals.followups.fakes import Small

NAMES = [metric.name for metric in METRICS]


def measured(thread: Thread, knowledge: Knowledge, **broken: Any) -> SuiteReport:
    compared: dict[str, Conversation] = {SYSTEM: Small(knowledge, **broken), NULL: Repeating(Small(knowledge))}
    return measure([thread], compared, knowledge, Options(half=thread.half))


def counts(report: SuiteReport, name: str, method: str = SYSTEM) -> str:
    found = report.measure(name)
    assert found is not None
    figure = next(row.figure for row in found.rows if row.method == method)
    return f"{round((figure.value or 0) * figure.n)}/{figure.n}"


def failures(report: SuiteReport) -> list[tuple[str, Judgement]]:
    return [(one.name, judgement) for one in report.measures for judgement, _ in report.failures(one)]


def test_a_conversation_that_does_what_it_must_is_right_everywhere(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge)
    assert failures(report) == []
    found = {name: counts(report, name) for name in NAMES}
    assert found["no-false-met"] == found["statuses-right"] == found["turn-kind-right"] == "3/3"
    assert found["record-kept"] == found["facts-right"] == found["path-independent"] == "2/2", found
    assert found["suppositions-marked"] == "3/3"


def test_a_supposition_that_enters_the_record_turns_the_suite_red(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge, entering=True)
    assert counts(report, "record-kept") == "1/2"
    assert counts(report, "facts-right") == "0/2"
    assert counts(report, "statuses-right") == "2/3"
    assert counts(report, "no-false-met") == "2/3"
    name, worst = failures(report)[0]
    assert (name, worst.item, worst.found) == ("no-false-met", "one/3", "met under: medicare-lcd-esi")


def test_a_false_met_is_counted_by_turn_and_stands_first(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge, met=True)
    assert report.measures[0].name == "no-false-met"
    assert counts(report, "no-false-met") == "0/3"
    assert counts(report, "no-false-met", NULL) == "3/3"


def test_a_crash_fails_every_judgement_of_its_turn_and_ends_nothing(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge, silent=True)
    assert counts(report, "turn-kind-right") == "1/3"
    assert counts(report, "statuses-right") == "1/3"
    assert counts(report, "record-kept") == "0/2"
    assert {one.found for _, one in failures(report)} == {"RuntimeError: out of order"}


def test_the_null_baseline_repeats_the_first_article(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge)
    assert counts(report, "statuses-right", NULL) == "2/3"
    assert counts(report, "turn-kind-right", NULL) == "1/3"


def test_what_is_out_of_scope_is_answered_by_no_status(thread: Thread, knowledge: Knowledge) -> None:
    first = {**(thread.turns[0].fill or {}), RELIEF: "60 %"}
    turns = [
        {"say": "q", "fill": first, "kind": "question", "statuses": under("criteria_met")},
        {"say": "Is a knee replacement covered?", "kind": "refusal"},
    ]
    report = measured(Thread.model_validate({"name": "one", "on": "2026-11-22", "turns": turns}), knowledge)
    assert counts(report, "refusals-right") == "0/1"
    assert counts(report, "no-false-met") == "1/2"


def test_values_that_cannot_be_used_must_be_refused_and_change_nothing(thread: Thread, knowledge: Knowledge) -> None:
    turns = [thread.turns[0].model_dump(), {"fill": {RELIEF: "140 %"}, "kind": "form", "fails": True}]
    script = Thread.model_validate({"name": "one", "on": "2026-11-22", "turns": turns})
    good, crashing = measured(script, knowledge), measured(script, knowledge, silent=True)
    assert counts(good, "bad-values-refused") == counts(good, "record-kept") == "1/1"
    assert counts(crashing, "bad-values-refused") == counts(crashing, "record-kept") == "0/1"


def test_a_change_must_be_told_and_the_pickers_must_be_heard(thread: Thread, knowledge: Knowledge) -> None:
    turns = [
        thread.turns[0].model_dump(),
        {"fill": {RELIEF: "60 %"}, "kind": "form", "facts": {RELIEF: "60 %"}, "statuses": under("criteria_met")},
        {"pick": {"payer": "medicare"}, "kind": "selection", "payers": ["medicare"], "statuses": under("criteria_met")},
    ]
    report = measured(Thread.model_validate({"name": "one", "on": "2026-11-22", "turns": turns}), knowledge)
    assert failures(report) == []
    assert counts(report, "changes-told") == counts(report, "payers-right") == "1/1"


def test_every_figure_has_an_interval_of_whole_threads(thread: Thread, knowledge: Knowledge) -> None:
    """Turns of one thread stand or fall together: of one thread alone nothing is certain."""
    report = measured(thread, knowledge)
    assert [one.name for one in report.measures] == NAMES
    for figure in (row.figure for one in report.measures for row in one.rows):
        assert figure.n == 0 if figure.value is None else (figure.low or 0) <= figure.value <= (figure.high or 0)
    kept = report.measures[0].subject
    assert {one.cluster for one in kept.judgements} == {"one"}
    assert kept.figure.low is not None
    assert kept.figure.low < 0.3, "three turns right are one thread right"


def test_every_failure_has_the_text_of_its_turn(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge, entering=True)
    texts = {text for one in report.measures for _, text in report.failures(one)}
    assert texts <= {turn.said for turn in thread.turns}
    assert "" not in texts


def test_figures_are_also_by_kind_of_turn(thread: Thread, knowledge: Knowledge) -> None:
    found = measured(thread, knowledge, entering=True).measure("statuses-right")
    assert found is not None
    figures = {one.name: one.figures[SYSTEM] for one in found.slices}
    assert {name: figure.value for name, figure in figures.items()} == {
        "turn: hypothetical": 1.0,
        "turn: question": 1.0,
        "turn: unclear": 0.0,
    }


def test_the_same_script_gives_the_same_report(thread: Thread, knowledge: Knowledge) -> None:
    first, second = (measured(thread, knowledge, entering=True) for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()


def test_only_the_half_asked_for_is_played(thread: Thread, knowledge: Knowledge) -> None:
    other = "calibrate" if thread.half == "report" else "report"
    report = measure([thread], {SYSTEM: Small(knowledge)}, knowledge, Options(half=other))  # type: ignore[arg-type]
    assert report.items == {}
    assert report.measures[0].subject.figure.value is None


def test_a_limit_is_one_of_threads(thread: Thread, knowledge: Knowledge) -> None:
    others = (thread.model_copy(update={"name": f"{thread.name}-{number}"}) for number in range(99))
    twice = [thread, next(one for one in others if one.half == thread.half)]
    report = measure(twice, {SYSTEM: Small(knowledge)}, knowledge, Options(half=thread.half, limit=1))
    assert len(report.items) == len(thread.turns)


@pytest.mark.parametrize("inside", ["", "followups"])
def test_scripts_of_others_are_found_in_the_folder_or_in_its_folder_followups(inside: str, tmp_path: Path) -> None:
    folder = tmp_path / inside
    folder.mkdir(exist_ok=True)
    (folder / "a.yaml").write_text("threads: []")
    assert scripts_folder(tmp_path) == (folder, ())


def test_a_folder_without_scripts_leaves_the_projects_own_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "bases.yaml").write_text("bases: {}")
    folder, (remark,) = scripts_folder(tmp_path)
    assert folder == OWN_FOLDER
    assert str(tmp_path) in remark


def test_the_real_conversation_plays_a_thread_without_a_false_met() -> None:
    report = run_suite("followups", Options(half="calibrate", limit=1))
    assert 0 < len(report.items) < 10
    assert report.measures[0].subject.figure.value == 1
    assert [row.method for row in report.measures[0].rows] == [SYSTEM, NULL, LEXICAL, PLAIN]
