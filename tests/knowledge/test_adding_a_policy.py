"""A corpus editor adds a payer, a procedure family, a fact and a policy, and writes no Python."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.errors import CorpusError, CorpusErrors
from rag.case.facts_file import read_facts
from rag.case.values import resolve
from rag.criteria.decide import decide
from rag.criteria.determination import CriterionStatus, Status
from rag.knowledge.check import check_policy_cases
from rag.knowledge.library import Knowledge, load_knowledge

POLICY = "meadow-tens-3"
DAY = date(2026, 5, 1)

DOCUMENT = """---
id: meadow-tens-3
title: "Home nerve stimulators"
publisher: "Meadow Health Plan"
kind: policy
url: "https://example.org/tens"
jurisdiction: "an invented plan"
codes: {cpt: [], icd10cm: []}
version: "2026-01-01"
effective: {from: 2026-01-01, to: null}
last_checked: 2026-04-01
basis: publisher
copyright: "invented for a test"
---

## Trial {#trial use=policy}

Meadow Health Plan policy 3 covers a home stimulator after a trial of at least 21 days with at least 35 % relief.

## Skin {#skin use=policy}

Meadow Health Plan policy 3 does not cover a stimulator over broken skin.
"""

CRITERIA = """payer: meadow
codes: [E0720]
versions:
  - version: "2026-01-01"
    effective: {from: 2026-01-01, to: null}
    complete: true
    criteria:
      - id: tens-trial
        label: "a trial of at least 21 days with at least 35 % relief"
        source: "#trial"
        quote: "a trial of at least 21 days with at least 35 % relief"
        rule:
          all_of:
            - {part: length, label: "21 days", rule: stimulator.trial_length >= 21 days}
            - {part: relief, label: "35 % relief", rule: stimulator.trial_relief >= 35 %}
      - id: tens-skin
        label: "no broken skin"
        source: "#skin"
        quote: "does not cover a stimulator over broken skin"
        rule: {not: stimulator.broken_skin}
"""

CASES = """bases:
  full:
    procedure.code: [E0720]
    stimulator.trial_length: "30 days"
    stimulator.trial_relief: "40 %"
    stimulator.broken_skin: false
cases:
  - name: "a good trial on whole skin is met"
    on: 2026-05-01
    base: full
    expect: {status: criteria_met, criteria: {tens-trial: met}}
  - name: "a short trial fails"
    on: 2026-05-01
    base: full
    facts: {stimulator.trial_length: "20 days"}
    expect: {status: criteria_not_met, criteria: {tens-trial.length: not_met}}
  - name: "34 % fails"
    on: 2026-05-01
    base: full
    facts: {stimulator.trial_relief: "34 %"}
    expect: {status: criteria_not_met}
  - name: "broken skin fails"
    on: 2026-05-01
    base: full
    facts: {stimulator.broken_skin: true}
    expect: {criteria: {tens-skin: not_met}}
missing_in_turn:
  - {base: full, on: 2026-05-01, expect: needs_documentation}
"""

FACTS = """
  stimulator.trial_length: {type: duration, label: "length of the trial", question: "How long was the trial?"}
  stimulator.trial_relief: {type: percent, label: "relief in the trial", question: "How much relief was there?"}
  stimulator.broken_skin: {type: boolean, label: "broken skin", question: "Is the skin broken?"}
"""

FAMILY = (
    '  - {id: home-stimulator, label: "home nerve stimulator", basis: publisher, '
    'phrases: ["home stimulators?"], codes: [E0720]}\n'
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    shutil.copytree(corpus_root(), root)
    folder = root / "policies" / POLICY
    folder.mkdir()
    (folder / "document.md").write_text(DOCUMENT, encoding="utf-8")
    (folder / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    (folder / "cases.yaml").write_text(CASES, encoding="utf-8")
    insert(root / "vocabulary.yaml", after="facts:\n", text=FACTS)
    insert(root / "codes.yaml", after="families:\n", text=FAMILY)
    insert(root / "payers.yaml", after="payers:\n", text='  - {id: meadow, name: "Meadow Health Plan"}\n')
    return root


def insert(file: Path, *, after: str, text: str) -> None:
    before = file.read_text(encoding="utf-8")
    assert before.count(f"\n{after}") == 1
    file.write_text(before.replace(f"\n{after}", f"\n{after}{text}"), encoding="utf-8")


def status(knowledge: Knowledge, **facts: object) -> Status:
    given = {"procedure.code": ["E0720"]} | {f"stimulator.{name}": value for name, value in facts.items()}
    values = resolve(read_facts(given, knowledge.vocabulary), knowledge.vocabulary)
    return decide(knowledge.policies[POLICY], values, DAY).status


def own_faults(corpus: Path) -> tuple[list[CorpusError], int]:
    knowledge = load_knowledge(corpus)
    return check_policy_cases(knowledge, knowledge.policies[POLICY])


def test_the_new_policy_decides(corpus: Path) -> None:
    knowledge = load_knowledge(corpus)
    good = {"trial_length": "3 weeks", "trial_relief": "35 %", "broken_skin": False}
    assert status(knowledge, **good) is Status.MET
    assert status(knowledge, **good | {"trial_relief": "34 %"}) is Status.NOT_MET
    assert status(knowledge, trial_length="3 weeks") is Status.DOCUMENTATION


def test_its_cases_run_with_the_check(corpus: Path) -> None:
    faults, ran = own_faults(corpus)
    assert (faults, ran) == ([], 8)


def test_a_wrong_case_is_named_with_file_and_line(corpus: Path) -> None:
    file = corpus / "policies" / POLICY / "cases.yaml"
    file.write_text(CASES.replace('"34 %"', '"35 %"'), encoding="utf-8")
    fault = own_faults(corpus)[0][0]
    line = CASES.splitlines().index(next(row for row in CASES.splitlines() if "34 % fails" in row)) + 1
    assert (fault.file, fault.line) == (file, line)
    assert "criteria_met" in fault.problem


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("criteria.yaml", "tens-skin", "tens-trial", "is repeated"),
        ("criteria.yaml", "#skin", "#bones", "no section"),
        ("criteria.yaml", "over broken skin", "over whole skin", "does not occur"),
        ("criteria.yaml", "35 %}", "35}", "write the unit"),
        ("criteria.yaml", "35 %}", "35 weeks}", "does not fit"),
        ("criteria.yaml", "stimulator.broken_skin", "stimulator.broken_bone", "not declared"),
        ("criteria.yaml", "payer: meadow", "payer: meado", "unknown payer"),
        ("criteria.yaml", "complete: true", "complete: maybe", "complete"),
        ("criteria.yaml", "all_of", "every_of", "unknown node"),
        ("criteria.yaml", 'label: "no broken skin"', 'labels: "no broken skin"', "`label:`"),
        ("document.md", "{#skin use=policy}", "", "anchor"),
    ],
)
def test_each_mistake_is_named_with_file_line_and_remedy(
    corpus: Path, name: str, old: str, new: str, said: str
) -> None:
    file = corpus / "policies" / POLICY / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusErrors) as caught:
        load_knowledge(corpus)
    faults = [fault for fault in caught.value.errors if fault.file == file]
    assert faults, caught.value
    assert said in str(faults[0])
    assert faults[0].line > 0
    assert faults[0].remedy


@pytest.mark.parametrize(
    ("first_end", "second_start", "said"),
    [
        ("2025-12-30", "2026-01-01", "leave a gap"),
        ("2026-01-01", "2026-01-01", "overlap"),
        ("null", "2026-01-01", "overlap"),
    ],
)
def test_gaps_and_overlaps_between_versions_are_refused(
    corpus: Path, first_end: str, second_start: str, said: str
) -> None:
    older = (
        f'versions:\n  - version: "old"\n    effective: {{from: 2020-01-01, to: {first_end}}}\n'
        '    complete: true\n    like: "2026-01-01"\n'
    )
    text = CRITERIA.replace("versions:\n", older).replace("from: 2026-01-01", f"from: {second_start}")
    (corpus / "policies" / POLICY / "criteria.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusErrors, match=said):
        load_knowledge(corpus)


def test_a_criterion_no_case_exercises_is_named(corpus: Path) -> None:
    file = corpus / "policies" / POLICY / "cases.yaml"
    start, end = CASES.index('  - name: "broken skin fails"'), CASES.index("missing_in_turn")
    file.write_text(CASES[:start] + CASES[end:], encoding="utf-8")
    faults = [str(fault) for fault in own_faults(corpus)[0]]
    assert [fault for fault in faults if "tens-skin" in fault and str(CriterionStatus.NOT_MET) in fault]
