"""The scripts: enough of them, of every kind, and a slip of the pen is named with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.followups.script import Thread
from evals.followups.scripts import load_threads
from ingest.errors import CorpusErrors
from rag.errors import UserError
from rag.followup.models import TurnKind
from rag.knowledge.library import Knowledge

GOOD = """\
threads:
  - name: a thread
    on: 2026-11-22
    turns:
      - say: "Is 62321 medically necessary?"
        kind: question
"""


@pytest.fixture(scope="module")
def threads(knowledge: Knowledge) -> tuple[Thread, ...]:
    return load_threads(knowledge)


def test_each_half_has_enough_threads_and_turns(threads: tuple[Thread, ...]) -> None:
    turns = Counter(dict.fromkeys(("calibrate", "report"), 0))
    for thread in threads:
        turns[thread.half] += len(thread.turns)
    assert len(threads) >= 25
    assert min(turns.values()) >= 80


def test_every_kind_of_turn_is_scripted(threads: tuple[Thread, ...]) -> None:
    assert {kind for thread in threads for turn in thread.turns for kind in turn.kind} == set(TurnKind)


def test_no_first_message_of_a_thread_opens_another_as_well(threads: tuple[Thread, ...]) -> None:
    assert len({thread.name for thread in threads}) == len(threads)


def test_what_a_turn_fills_in_goes_before_its_base(knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "bases.yaml").write_text('bases: {one: {imaging.age: "6 months", imaging.concordant: true}}')
    turn = '      - {base: one, fill: {imaging.age: "2 years"}, kind: form}\n'
    (tmp_path / "a.yaml").write_text(GOOD + turn)
    (thread,) = load_threads(knowledge, tmp_path)
    assert thread.turns[1].fill == {"imaging.age": "2 years", "imaging.concordant": True}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("        kinds: question", "unknown key `threads.0.turns.0.kinds`"),
        ("        facts: {pain.durations: 3 weeks}", "unknown fact 'pain.durations'"),
        ("        facts: {prior_injection.relief: 140 %}", "fact 'prior_injection.relief'"),
        ("        fill: {pain.score: 11}", "fact 'pain.score'"),
        ("        statuses: {nowhere-1: criteria_met}", "`statuses` names 'nowhere-1'"),
        (
            "        statuses: {medicare-lcd-esi: approved}",
            "`threads.0.turns.0.statuses.medicare-lcd-esi.0` is 'approved'",
        ),
        ("        payers: [medicar]", "`payers` names 'medicar'"),
        ("        untouched: [pain]", "`untouched` names 'pain'"),
        ("        asks: [pain]", "`asks` names 'pain'"),
        ("        focus: [danger]", "`focus` names 'danger'"),
        ("        base: none-such", "`base` names 'none-such'"),
        ("        pick: {payor: aetna}", "unknown key `threads.0.turns.0.pick.payor`"),
        ("        say: again", "key 'say' is repeated"),
        ("      - {kind: form}", "the turn says nothing, fills nothing in and picks nothing"),
        ("      - {say: x, kind: chat}", "is 'chat'"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_file_and_line(
    knowledge: Knowledge, tmp_path: Path, line: str, says: str
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"{GOOD}{line}\n")
    with pytest.raises(CorpusErrors) as caught:
        load_threads(knowledge, tmp_path)
    assert f"{file}:7: " in str(caught.value)
    assert says in str(caught.value)


def test_a_name_may_be_given_once_over_all_files(knowledge: Knowledge, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD)
    with pytest.raises(CorpusErrors, match=r"b\.yaml:2: there is another thread 'a thread'"):
        load_threads(knowledge, tmp_path)


def test_values_meant_to_be_wrong_are_no_slip(knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"{GOOD}      - {{fill: {{pain.score: 11}}, kind: form, fails: true}}\n")
    assert load_threads(knowledge, tmp_path)[0].turns[1].fails


def test_a_base_that_cannot_be_is_named_with_its_line(knowledge: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "bases.yaml").write_text("bases:\n  one:\n    pain.score: 11\n")
    with pytest.raises(CorpusErrors, match=r"bases\.yaml:3: fact 'pain\.score'"):
        load_threads(knowledge, tmp_path)


def test_a_folder_without_scripts_says_what_to_do(knowledge: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There are no scripts"):
        load_threads(knowledge, tmp_path)
