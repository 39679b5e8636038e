"""The whole measurement on a thread one can count, and what a broken conversation does to its figures."""

from __future__ import annotations

import json
from typing import Any

from evals import Options, run
from evals.followups.conversations import Repeating
from evals.followups.measure import measure
from evals.followups.measures import MEASURES
from evals.followups.report import FollowupReport
from evals.followups.script import Thread
from evals.followups.table import WIDTH
from rag.knowledge.library import Knowledge
from tests.evals.followups.conftest import RELIEF, under
from tests.evals.followups.fakes import Small


def measured(thread: Thread, knowledge: Knowledge, *, failures: int = 9, **broken: Any) -> FollowupReport:
    subject = Small(knowledge, **broken)
    options = Options(half=thread.half, failures=failures)
    return measure([thread], [subject, Repeating(Small(knowledge))], knowledge, options)


def counts(report: FollowupReport, measure: str, name: str = "small") -> str:
    figure = next(one for one in report.measures if one.measure == measure).figures[name]
    return f"{round((figure.value or 0) * figure.n)}/{figure.n}"


def test_a_conversation_that_does_what_it_must_is_right_everywhere(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge)
    assert report.failures == ()
    assert report.false_met == {"small": 0, "first article again": 0}
    found = {name: counts(report, name) for name in MEASURES}
    assert found["no false met"] == found["statuses right"] == found["turn kind right"] == "3/3"
    assert found["record kept"] == found["facts right"] == found["path independence"] == "2/2", found
    assert found["suppositions marked"] == "3/3"


def test_a_supposition_that_enters_the_record_turns_the_suite_red(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge, entering=True)
    assert counts(report, "record kept") == "1/2"
    assert counts(report, "facts right") == "0/2"
    assert counts(report, "statuses right") == "2/3"
    assert report.false_met["small"] == 1
    worst = report.failures[0]
    assert (worst.measure, worst.turn, worst.found) == ("no false met", 3, "met under: medicare-lcd-esi")


def test_a_false_met_is_counted_by_turn_and_stands_first_in_the_text(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge, met=True)
    assert report.false_met["small"] == 3
    assert report.in_words().splitlines()[1] == "Turns with a false met: 3 (first article again 0)."


def test_a_crash_fails_every_judgement_of_its_turn_and_ends_nothing(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge, silent=True)
    assert counts(report, "turn kind right") == "1/3"
    assert counts(report, "statuses right") == "1/3"
    assert counts(report, "record kept") == "0/2"
    assert {one.found for one in report.failures} == {"RuntimeError: out of order"}


def test_the_null_baseline_repeats_the_first_article(thread: Thread, knowledge: Knowledge) -> None:
    report = measured(thread, knowledge)
    assert counts(report, "statuses right", "first article again") == "2/3"
    assert counts(report, "turn kind right", "first article again") == "1/3"


def test_what_is_out_of_scope_is_answered_by_no_status(thread: Thread, knowledge: Knowledge) -> None:
    first = {**(thread.turns[0].fill or {}), RELIEF: "60 %"}
    turns = [
        {"say": "q", "fill": first, "kind": "question", "statuses": under("criteria_met")},
        {"say": "Is a knee replacement covered?", "kind": "refusal"},
    ]
    report = measured(Thread.model_validate({"name": "one", "on": "2026-11-22", "turns": turns}), knowledge)
    assert counts(report, "refusals right") == "0/1"
    assert report.false_met["small"] == 1


def test_values_that_cannot_be_used_must_be_refused_and_change_nothing(thread: Thread, knowledge: Knowledge) -> None:
    turns = [thread.turns[0].model_dump(), {"fill": {RELIEF: "140 %"}, "kind": "form", "fails": True}]
    script = Thread.model_validate({"name": "one", "on": "2026-11-22", "turns": turns})
    good, crashing = measured(script, knowledge), measured(script, knowledge, silent=True)
    assert counts(good, "bad values refused") == counts(good, "record kept") == "1/1"
    assert counts(crashing, "bad values refused") == counts(crashing, "record kept") == "0/1"


def test_a_change_must_be_told_and_the_pickers_must_be_heard(thread: Thread, knowledge: Knowledge) -> None:
    turns = [
        thread.turns[0].model_dump(),
        {"fill": {RELIEF: "60 %"}, "kind": "form", "facts": {RELIEF: "60 %"}, "statuses": under("criteria_met")},
        {"pick": {"payer": "medicare"}, "kind": "selection", "payers": ["medicare"], "statuses": under("criteria_met")},
    ]
    report = measured(Thread.model_validate({"name": "one", "on": "2026-11-22", "turns": turns}), knowledge)
    assert report.failures == ()
    assert counts(report, "changes told") == counts(report, "payers right") == "1/1"


def test_every_figure_has_n_an_interval_and_counts(thread: Thread, knowledge: Knowledge) -> None:
    data = json.loads(measured(thread, knowledge).as_json())
    figures = [figure for one in data["measures"] for figure in one["figures"].values()]
    assert len(figures) == 2 * len(MEASURES)
    for figure in figures:
        assert set(figure) == {"value", "low", "high", "n", "reason"}
        assert figure["n"] == 0 if figure["value"] is None else figure["low"] <= figure["value"] <= figure["high"]


def test_the_same_script_gives_the_same_bytes_and_lines_that_fit(thread: Thread, knowledge: Knowledge) -> None:
    first, second = (measured(thread, knowledge, entering=True) for _ in range(2))
    assert first.as_json() == second.as_json()
    assert first.in_words() == second.in_words()
    assert max(map(len, first.in_words().splitlines())) <= WIDTH


def test_failures_are_shown_up_to_the_number_asked_for(thread: Thread, knowledge: Knowledge) -> None:
    assert measured(thread, knowledge, failures=0, entering=True).failures == ()
    of_facts = [one for one in measured(thread, knowledge, failures=1, entering=True).failures if one.measure[0] == "f"]
    assert len(of_facts) == 1


def test_only_the_half_asked_for_is_played(thread: Thread, knowledge: Knowledge) -> None:
    other = "calibrate" if thread.half == "report" else "report"
    report = measure([thread], [Small(knowledge)], knowledge, Options(half=other))  # type: ignore[arg-type]
    assert (report.threads, report.turns) == (0, 0)
    assert "-" in report.in_words()


def test_the_real_conversation_plays_a_thread_without_a_false_met() -> None:
    report = run("followups", Options(half="calibrate", limit=1))
    data = json.loads(report.as_json())
    assert data["threads"] == 1
    assert data["false_met"]["conversation"] == 0
    assert list(data["false_met"]) == ["conversation", "each turn alone", "first article again"]
