"""Where guidelines and policies disagree is data, loaded strictly."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.errors import CorpusError, CorpusErrors
from rag.case.facts_file import read_facts
from rag.case.implied import with_implied
from rag.case.values import resolve
from rag.knowledge.check import check_corpus
from rag.knowledge.conflict import Conflict
from rag.knowledge.conflicts import CONFLICTS_NAME, load_conflicts
from rag.knowledge.library import Knowledge, load_knowledge

NUMBER = re.compile(r"\d+")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def conflict(knowledge: Knowledge, name: str) -> Conflict:
    return next(one for one in knowledge.conflicts if one.id == name)


def arising(knowledge: Knowledge, **facts: object) -> set[str]:
    """Ids of the conflicts that arise in a case; facts with underscores for the dot, `code` for the procedure's."""
    named = {name.replace("__", "."): value for name, value in facts.items() if name != "code"}
    given = {"procedure.code": [facts["code"]]} | named
    case = with_implied(read_facts(given, knowledge.vocabulary), knowledge.codes, knowledge.vocabulary)
    values = resolve(case, knowledge.vocabulary)
    return {one.id for one in knowledge.conflicts if one.arises(values, knowledge.vocabulary, knowledge.codes)}


FAULTS = [
    ("conflicts:", "konflicts:", "unknown key `konflicts`"),
    ("    point: ", "    pont: ", "unknown key `conflicts.0.pont`"),
    ("    point: ", "    point: x\n    point: ", "key 'point' is repeated"),
    ("id: response-before-another", "id: long-radicular-pain", "conflict 'long-radicular-pain' is repeated"),
    ("family: epidural-injection", "family: epidural", "no procedure family 'epidural'"),
    ("regions: [cervical]", "regions: [neck]", "`conflicts.2.regions.0` is 'neck'"),
    ("approaches: [interlaminar]", "approaches: [sideways]", "no approach 'sideways'"),
    ("when: prior_injection.given", "when: prior_injection.gift", "the fact 'prior_injection.gift' is not declared"),
    ("when: prior_injection.given", "when: {some_of: []}", "'some_of'"),
    ("relief >= 50 %", "relief >= 50 weeks", "prior_injection.relief >= 50 weeks"),
    ("source: bmj-2025-rapidrec#radicular", "source: bmj-2025-rapidrec#radial", "no section bmj-2025-rapidrec#radial"),
    ("source: bmj-2025-rapidrec#radicular", "source: bmj#radicular", "no section bmj#radicular"),
    ('quote: "strongly recommends', 'quote: "mildly recommends', "does not occur in bmj-2025-rapidrec#radicular"),
    ('says: "advises strongly against it"', 'says: ""', "`conflicts.0.sides.0.says`"),
    ("{from: 2024-07-01, to: 2025-12-31}", "{from: 2026-07-01, to: 2025-12-31}", "lies after `to`"),
]


@pytest.mark.parametrize(("old", "new", "says"), FAULTS, ids=[says for _, _, says in FAULTS])
def test_a_fault_names_what_is_wrong_and_where_and_what_to_do(
    old: str, new: str, says: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    text = (corpus_root() / CONFLICTS_NAME).read_text(encoding="utf-8")
    head, body = text.split("\nconflicts:", 1)
    changed = ("\nconflicts:" + body).replace(old, new, 1)
    assert changed != "\nconflicts:" + body
    said = faults(head + changed, tmp_path, knowledge)
    (fault,) = [line for line in said if says in line]
    assert re.search(rf"{CONFLICTS_NAME}:\d+: ", fault)


ONE_SIDED = """\
conflicts:
  - id: guidelines-only
    point: "a point"
    family: epidural-injection
    sides:
      - {source: bmj-2025-rapidrec#radicular, quote: "strongly recommends against", says: "advises against it"}
      - {source: asipp-2021#disc-herniation, quote: "Level I, strong", says: "grades it as strong"}
"""


def test_a_conflict_needs_a_policy_and_another_document(tmp_path: Path, knowledge: Knowledge) -> None:
    (fault,) = faults(ONE_SIDED, tmp_path, knowledge)
    assert f"{CONFLICTS_NAME}:5" in fault and "are all policies, or none is one" in fault


def test_one_side_alone_is_no_conflict(tmp_path: Path, knowledge: Knowledge) -> None:
    alone = ONE_SIDED.rsplit("      - ", 1)[0]
    assert any("`conflicts.0.sides`" in fault for fault in faults(alone, tmp_path, knowledge))


def faults(text: str, folder: Path, knowledge: Knowledge) -> list[str]:
    (folder / CONFLICTS_NAME).write_text(text, encoding="utf-8")
    with pytest.raises((CorpusError, CorpusErrors)) as raised:
        load_conflicts(folder, knowledge.documents, knowledge.vocabulary, knowledge.codes)
    found = raised.value
    return [str(error) for error in (found.errors if isinstance(found, CorpusErrors) else (found,))]


def test_the_check_reads_the_conflicts(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(corpus_root(), root)
    file = root / CONFLICTS_NAME
    file.write_text(file.read_text(encoding="utf-8").replace('quote: "strongly', 'quote: "hardly', 1), encoding="utf-8")
    (fault,) = check_corpus(root).faults
    assert CONFLICTS_NAME in str(fault)


def test_every_quote_stands_where_it_is_said_to_stand(knowledge: Knowledge) -> None:
    sides = [side for one in knowledge.conflicts for side in one.sides]
    assert len(sides) > 30
    for side in sides:
        assert side.section.text[side.start : side.start + len(side.quote)] == side.quote


def test_every_number_a_side_says_stands_in_its_section(knowledge: Knowledge) -> None:
    for one in knowledge.conflicts:
        for side in one.sides:
            assert set(NUMBER.findall(side.says)) <= set(NUMBER.findall(side.section.text)), side.source


def test_nothing_in_the_words_judges_who_is_right(knowledge: Knowledge) -> None:
    verdicts = re.compile(
        r"\b(?:right|wrong|correct|outdated|better evidence|should|must not|medically necessary)\b", re.I
    )
    words = [text for one in knowledge.conflicts for text in (one.point, *(side.says for side in one.sides))]
    assert [text for text in words if verdicts.search(text)] == []


NECK = {"interlaminar-in-the-neck", "change-of-route-in-the-neck", "imaging-before-the-neck"}


@pytest.mark.parametrize(
    ("facts", "present", "absent"),
    [
        ({"code": "62321", "prior_injection__given": True}, NECK, {"lumbar-stenosis", "gabapentinoids-in-sciatica"}),
        ({"code": "62323", "prior_injection__given": True}, {"gabapentinoids-in-sciatica"}, NECK | {"lumbar-stenosis"}),
        ({"code": "64479"}, {"long-radicular-pain"}, {"interlaminar-in-the-neck", "imaging-before-the-neck"}),
        ({"code": "62321"}, {"long-radicular-pain"}, {"response-before-another", "change-of-route-in-the-neck"}),
        ({"code": "62321", "pain__duration": "10 weeks"}, {"length-of-benefit"}, {"long-radicular-pain"}),
        ({"code": "62321", "pain__duration": "4 months"}, {"long-radicular-pain"}, set()),
        ({"code": "62323", "diagnosis__code": ["M48.062"]}, {"lumbar-stenosis"}, set()),
        ({"code": "62323", "diagnosis__axial_pain_only": True}, set(), {"long-radicular-pain", "length-of-benefit"}),
        (
            {"code": "62321", "prior_injection__given": True, "prior_injection__relief": "60 %"},
            {"response-before-another"},
            {"change-of-route-in-the-neck"},
        ),
        ({"code": "64493"}, set(), {"long-radicular-pain", "gabapentinoids-in-sciatica", "length-of-benefit"}),
    ],
    ids=[
        "interlaminar neck, repeat",
        "interlaminar low back, repeat",
        "transforaminal neck",
        "first injection in the neck",
        "pain of 10 weeks",
        "pain of 4 months",
        "stenosis with claudication",
        "axial pain only",
        "relief of 60 %",
        "another procedure",
    ],
)
def test_a_point_arises_where_procedure_place_and_record_allow_it(
    facts: dict[str, object], present: set[str], absent: set[str], knowledge: Knowledge
) -> None:
    found = arising(knowledge, **facts)
    assert present <= found
    assert not absent & found


def test_words_hold_for_their_own_window_only(knowledge: Knowledge) -> None:
    sides = {side.source: side for side in conflict(knowledge, "response-before-another").sides}
    carelon = sides["carelon-esi#repeat-duration"]
    assert [carelon.holds_on(date(2023, 4, day)) for day in (8, 9, 10)] == [False, True, True]
    bmj = conflict(knowledge, "long-radicular-pain").sides[0]
    assert [bmj.holds_on(date(2025, 2, day)) for day in (18, 19)] == [False, True]
