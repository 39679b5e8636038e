"""Labelled cases are read strictly, and the own ones are what their README says."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from evals.citations.formats.reading import PairsError
from evals.verdicts.brought import brought_cases
from evals.verdicts.case import VerdictCase
from evals.verdicts.cases import OWN_FOLDER, load_cases
from ingest.errors import CorpusError, CorpusErrors
from rag.criteria.determination import Status
from rag.errors import UserError
from rag.knowledge.library import Knowledge

POLICY = "medicare-lcd-esi"

GOOD = """\
policy: medicare-lcd-esi
on: 2026-11-22
bases:
  repeat:
    procedure.code: {value: ["62321"], words: "CPT 62321 is requested."}
    prior_injection.given: {value: true, words: "She had one injection."}
    prior_injection.relief: {value: "60 %", words: "It took away 60 % of the pain."}
tables:
  - name: relief
    because: "50 % (#repeat)"
    base: repeat
    rows:
      - {name: "60 %", status: needs_documentation}
      - {name: "49 %", status: criteria_not_met, set: {prior_injection.relief: {value: "49 %", words: "49 % went."}}}
      - {name: "not stated", status: needs_documentation, without: [prior_injection.relief], on: 2026-07-01}
notes:
  - name: telephone
    because: "60 % (#repeat)"
    text: "Pt called."
    facts: {prior_injection.relief: "60 %"}
    status: needs_documentation
"""


def write(folder: Path, text: str, name: str = "some.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def faults(folder: Path, knowledge: Knowledge) -> list[CorpusError]:
    with pytest.raises(CorpusErrors) as raised:
        load_cases(knowledge, folder)
    return list(raised.value.errors)


# --- what a file becomes


def test_a_row_says_what_its_base_says_with_what_it_sets_and_without_what_it_takes_out(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    write(tmp_path, GOOD)
    whole, lower, silent, note = load_cases(knowledge, tmp_path)
    assert whole.text == "CPT 62321 is requested. She had one injection. It took away 60 % of the pain."
    assert lower.text == "CPT 62321 is requested. She had one injection. 49 % went."
    assert silent.facts == {"procedure.code": ["62321"], "prior_injection.given": True}
    assert [one.fact for one in silent.left_out] == ["prior_injection.relief"]
    assert (note.text, note.facts) == ("Pt called.", {"prior_injection.relief": "60 %"})
    assert [one.id for one in (whole, note)] == [f"{POLICY}/relief/60 %", f"{POLICY}/telephone"]


def test_a_case_has_the_day_of_its_row_else_of_its_file(tmp_path: Path, knowledge: Knowledge) -> None:
    write(tmp_path, GOOD)
    assert [one.on for one in load_cases(knowledge, tmp_path)] == [
        date(2026, 11, 22),
        date(2026, 11, 22),
        date(2026, 7, 1),
        date(2026, 11, 22),
    ]


def test_the_rows_of_a_table_share_a_half(tmp_path: Path, knowledge: Knowledge) -> None:
    write(tmp_path, GOOD)
    rows = load_cases(knowledge, tmp_path)[:3]
    assert len({one.group for one in rows}) == len({one.half for one in rows}) == 1


# --- every slip of the pen is an error that says where

SLIPS = [
    # what is written            instead                          line  said
    ("policy: medicare-lcd-esi", "policy: no-such-policy", 1, "there is no policy 'no-such-policy'"),
    ("on: 2026-11-22", "on: some day", 2, "on"),
    ("    prior_injection.given: {value: true", "    prior_injection.gave: {value: true", 6, "prior_injection.gave"),
    ('{value: "60 %", words', '{value: "60 weeks", words', 7, "does not fit a percent"),
    ('value: true, words: "She had', 'value: perhaps, words: "She had', 6, "perhaps"),
    ("    base: repeat", "    base: initial", 11, "there is no base 'initial'"),
    ("status: criteria_not_met", "status: denied", 14, "status"),
    ('{value: "49 %", words', '{value: "490 %", words', 14, "490 %"),
    ("without: [prior_injection.relief]", "without: [pain.score]", 15, "which its base does not hold"),
    ('{name: "49 %"', '{name: "60 %"', 14, "'60 %' names several rows"),
    ("  - name: telephone", "  - name: relief", 17, "'relief' names several tables or notes"),
    ('    facts: {prior_injection.relief: "60 %"}', '    facts: {prior_injection.relief: "much"}', 20, "much"),
    ("    text: ", "    colour: ", 19, "colour"),
    ('    because: "60 % (#repeat)"\n', "", 17, "because"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "line", "said"), SLIPS, ids=[f"{slip[3]}" for slip in SLIPS])
def test_a_slip_of_the_pen_is_an_error_with_file_and_line(
    tmp_path: Path, knowledge: Knowledge, written: str, instead: str, line: int, said: str
) -> None:
    assert GOOD.count(written) == 1
    file = write(tmp_path, GOOD.replace(written, instead))
    found = faults(tmp_path, knowledge)
    assert [(fault.file, fault.line) for fault in found if said in str(fault)] == [(file, line)]


def test_a_fact_given_twice_is_an_error(tmp_path: Path, knowledge: Knowledge) -> None:
    line = '    prior_injection.given: {value: true, words: "She had one injection."}\n'
    write(tmp_path, GOOD.replace(line, line * 2))
    assert [(fault.line, "prior_injection.given" in str(fault)) for fault in faults(tmp_path, knowledge)] == [(7, True)]


def test_the_faults_of_all_files_are_told_at_once(tmp_path: Path, knowledge: Knowledge) -> None:
    write(tmp_path, GOOD.replace("base: repeat", "base: initial"), "a.yaml")
    write(tmp_path, GOOD, "b.yaml")
    write(tmp_path, "policy: [", "c.yaml")
    assert [fault.file.name for fault in faults(tmp_path, knowledge)] == ["a.yaml", "c.yaml"]


def test_a_folder_without_cases_is_an_error_that_says_what_to_do(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(UserError, match=rf"no cases .* in {tmp_path}\. Put them back"):
        load_cases(knowledge, tmp_path)


# --- cases somebody brings

BROUGHT = {
    "id": "p1",
    "policy": POLICY,
    "on": "2026-11-22",
    "text": "Relief was 60 %.",
    "facts": {"prior_injection.relief": "60 %"},
    "status": "needs_documentation",
}


def bring(folder: Path, *rows: dict[str, Any]) -> Path:
    return write(folder, "".join(f"{json.dumps(row)}\n" for row in rows), "mine.jsonl")


def test_a_brought_case_is_a_case_under_the_name_of_its_file(tmp_path: Path, knowledge: Knowledge) -> None:
    bring(tmp_path, BROUGHT, {**BROUGHT, "id": "p2", "text": None}, {**BROUGHT, "id": "p3", "facts": None})
    both, facts, text = brought_cases(tmp_path, knowledge)
    assert (both.id, both.status, both.on) == ("mine/p1", Status.DOCUMENTATION, date(2026, 11, 22))
    assert (facts.text, text.facts) == (None, None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"policy": "no-such-policy"}, "no policy 'no-such-policy'"),
        ({"facts": {"pain.sore": 7}}, "pain.sore"),
        ({"facts": {"prior_injection.relief": "60 weeks"}}, "does not fit a percent"),
        ({"status": "denied"}, "status"),
        ({"on": "22 November"}, "on"),
        ({"facts": None, "text": None}, "neither `text` nor `facts`"),
        ({"patient": "somebody"}, "patient"),
        ({"id": "p0"}, "'p0' is there twice"),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_a_fault_of_a_brought_case_names_file_and_line(
    tmp_path: Path, knowledge: Knowledge, changed: dict[str, Any], said: str
) -> None:
    file = bring(tmp_path, {**BROUGHT, "id": "p0"}, {**BROUGHT, **changed})
    with pytest.raises(PairsError) as raised:
        brought_cases(tmp_path, knowledge)
    assert str(raised.value).startswith(f"{file}:2: ")
    assert said in str(raised.value)


# --- the own cases


@pytest.fixture(scope="module")
def own(knowledge: Knowledge) -> tuple[VerdictCase, ...]:
    return load_cases(knowledge)


def test_there_are_hundreds_of_cases_and_some_of_every_policy(own: Sequence[VerdictCase], knowledge: Knowledge) -> None:
    assert len(own) >= 400
    assert {one.policy for one in own} == set(knowledge.policies)


def test_every_case_has_both_forms_and_says_on_what_words_its_label_rests(own: Sequence[VerdictCase]) -> None:
    assert [one.id for one in own if not one.text or not one.facts or not one.because] == []


def test_both_halves_hold_every_status(own: Sequence[VerdictCase]) -> None:
    for half in ("calibrate", "report"):
        assert {one.status for one in own if one.half == half} == set(Status), half


def test_no_case_stands_twice(own: Sequence[VerdictCase]) -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for one in own:
        seen[json.dumps([one.policy, str(one.on), one.text, one.facts], sort_keys=True)].append(one.id)
    assert [names for names in seen.values() if len(names) > 1] == []


def test_a_file_is_named_after_its_policy() -> None:
    for file in sorted(OWN_FOLDER.glob("*.yaml")):
        assert yaml.safe_load(file.read_text(encoding="utf-8"))["policy"] == file.stem


def test_the_table_of_the_readme_shows_the_counts(own: Sequence[VerdictCase]) -> None:
    lines = (OWN_FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    heading = next(row for row in rows if row[0] == "policy")
    shown = {row[0]: dict(zip(heading[1:], row[1:], strict=True)) for row in rows if row[0] in {*counts(own)}}
    assert shown == {name: {key: str(one[key]) for key in heading[1:]} for name, one in counts(own).items()}


def counts(own: Sequence[VerdictCase]) -> dict[str, Counter[str]]:
    """By policy and for all: cases by status, by hand, and in all."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in own:
        for name in (one.policy, "all"):
            found[name] += Counter([str(one.status), one.written, "cases"])
    return found
