"""The second rater reads its own tables, decides by plain logic, and shares nothing with the engine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from evals.verdicts.second_rater import OWN, SecondRater, load_second_rater
from evals.verdicts.second_tables import Rows
from ingest.documents import corpus_root
from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import load_yaml

ROOT = Path(__file__).resolve().parents[3]
POLICIES = sorted(folder.name for folder in (corpus_root() / "policies").iterdir() if folder.is_dir())
TODAY = date(2026, 11, 22)

Given = Mapping[str, object]


@pytest.fixture(scope="module")
def rater() -> SecondRater:
    return load_second_rater()


# --- what it is made of


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("file", sorted((ROOT / "evals/verdicts").glob("second_*.py")), ids=lambda file: file.name)
def test_it_imports_nothing_of_the_engine(file: Path) -> None:
    allowed = ("rag.errors.UserError", "ingest.", "evals.verdicts.second_")
    ours = [name for name in imports(file) if name.split(".")[0] in {"rag", "app", "ingest", "evals"}]
    assert [name for name in ours if not name.startswith(allowed)] == []


def test_nothing_of_the_engine_is_loaded_with_it() -> None:
    code = "import sys, evals.verdicts.second_rater; print([n for n in sys.modules if n.startswith(('rag.', 'app'))])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(ast.literal_eval(found.stdout)) <= {"rag.errors", "rag.version"}


def test_every_policy_of_the_corpus_has_a_table(rater: SecondRater) -> None:
    assert sorted(rater.tables) == POLICIES


@pytest.mark.parametrize("policy", POLICIES)
def test_a_table_speaks_of_the_codes_of_its_document(rater: SecondRater, policy: str) -> None:
    written = re.search(r"^codes: \{cpt: \[(.*?)\]", document(policy), flags=re.MULTILINE)
    assert written is not None
    [[scope]] = rater.tables[policy].scope
    assert scope.split()[2:] == re.findall(r"\w+", written[1])


@pytest.mark.parametrize("policy", POLICIES)
def test_every_need_names_a_section_that_exists(rater: SecondRater, policy: str) -> None:
    for need in rater.tables[policy].needs:
        owner, anchor = need.source.split("#")
        assert f"{{#{anchor}" in document(owner or policy), need.name


def document(policy: str) -> str:
    return (corpus_root() / "policies" / policy / "document.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("policy", POLICIES)
def test_no_day_lies_in_two_windows(rater: SecondRater, policy: str) -> None:
    windows = rater.tables[policy].windows
    for before, after in pairwise(windows):
        assert before.end is not None and after.start is not None
        assert (after.start - before.end).days == 1


def all_rows(rater: SecondRater) -> Iterator[Rows]:
    for table in rater.tables.values():
        for need in table.needs:
            yield from (need.applies, need.raised_by, need.rows)
    yield from (meaning.applies for meaning in rater.meanings)


def test_every_comparison_fits_the_vocabulary(rater: SecondRater) -> None:
    facts = load_yaml(corpus_root() / "vocabulary.yaml").data["facts"]
    signs = {"boolean": {"is"}, "choice": {"in"}, "codes": {"has", "only"}}
    for comparison in {text for rows in all_rows(rater) for row in rows for text in row}:
        name, sign, wanted = comparison.split(" ", 2)
        assert sign in signs.get(facts[name]["type"], {">=", ">", "<=", "<"}), comparison
        if sign == "in":
            assert set(wanted.split()) <= set(facts[name]["choices"]), comparison


def test_every_meaning_gives_a_fact_of_the_vocabulary(rater: SecondRater) -> None:
    facts = load_yaml(corpus_root() / "vocabulary.yaml").data["facts"]
    for meaning in rater.meanings:
        assert set(meaning.means) <= set(facts), meaning.because


# --- strict loading

TABLE = """
policy: plan
scope: [["procedure.code has 1 2"]]
windows: [{from: 2026-01-01, to: 2026-12-31, best: criteria_met}]
needs:
  - name: relief
    source: "#repeat"
    if: [["prior_injection.given is true"]]
    any: [["prior_injection.relief >= 50 %"]]
  - {name: series, source: "#series", raised_by: [["procedure.planned_series is true"]], any: [], breach: not_covered}
  - name: open point
    source: "#open"
    raised_by: [["exclusion.coagulopathy is true"]]
    any: []
    breach: needs_policy_check
"""


def own_rater(folder: Path, table: str = TABLE) -> SecondRater:
    (folder / "plan.yaml").write_text(table, encoding="utf-8")
    (folder / "meanings.yaml").write_text("meanings: []", encoding="utf-8")
    return load_second_rater(folder)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("policy: plan", "policy: other"),
        ("policy: plan", "policy: plan\npolicy: plan"),
        ("policy: plan", "policy: plan\nlike: nobody"),
        ("best: criteria_met", "best: perhaps"),
        ("name: relief", "called: relief"),
        ("name: series", "name: relief"),
        (">= 50 %", "about 50 %"),
        ('source: "#repeat"', "source: page 4"),
    ],
)
def test_a_table_with_a_slip_of_the_pen_is_refused(tmp_path: Path, written: str, instead: str) -> None:
    assert written in TABLE
    with pytest.raises((CorpusError, CorpusErrors)):
        own_rater(tmp_path, TABLE.replace(written, instead))


MET: Given = {"procedure.code": ["1"], "prior_injection.given": True, "prior_injection.relief": "50 %"}
LESS: Given = {"prior_injection.relief": "4 %"}
UNSAID: Given = {"prior_injection.relief": None}
SERIES: Given = {"procedure.planned_series": True}
BLEEDING: Given = {"exclusion.coagulopathy": True}


@pytest.mark.parametrize(
    ("name", "changed", "on", "status"),
    [
        ("everything met", {}, date(2026, 5, 1), "criteria_met"),
        ("first day", {}, date(2026, 1, 1), "criteria_met"),
        ("last day", {}, date(2026, 12, 31), "criteria_met"),
        ("day before", {}, date(2025, 12, 31), "not_applicable"),
        ("day after", {}, date(2027, 1, 1), "not_applicable"),
        ("another code", {"procedure.code": ["3"]}, TODAY, "not_applicable"),
        ("one of the codes", {"procedure.code": ["3", "2"]}, TODAY, "criteria_met"),
        ("code not known", {"procedure.code": None}, TODAY, "needs_documentation"),
        ("code not known, failed", {**LESS, "procedure.code": None}, TODAY, "criteria_not_met"),
        ("need not known", UNSAID, TODAY, "needs_documentation"),
        ("need undecided", {"prior_injection.relief": "40-60 %"}, TODAY, "needs_documentation"),
        ("does not apply", {**UNSAID, "prior_injection.given": False}, TODAY, "criteria_met"),
        ("not known whether it applies, but met", {"prior_injection.given": None}, TODAY, "criteria_met"),
        ("limit denied", {"procedure.planned_series": False}, TODAY, "criteria_met"),
        ("limit raised", SERIES, TODAY, "not_covered"),
        ("exclusion and failure", {**SERIES, **LESS}, TODAY, "not_covered"),
        ("exclusion, rest unknown", {**SERIES, **UNSAID}, TODAY, "not_covered"),
        ("unconfirmed point raised", BLEEDING, TODAY, "needs_policy_check"),
        ("unconfirmed, and unknown", {**BLEEDING, **UNSAID}, TODAY, "needs_documentation"),
        ("unconfirmed, and failed", {**BLEEDING, **LESS}, TODAY, "criteria_not_met"),
    ],
)  # fmt: skip
def test_needs_make_a_status(tmp_path: Path, name: str, changed: Given, on: date, status: str) -> None:
    assert own_rater(tmp_path).status("plan", {**MET, **changed}, on) == status, name


def test_a_policy_without_a_table_has_no_status(rater: SecondRater) -> None:
    assert rater.status("nobody", {}, TODAY) is None


def test_reasons_name_what_is_broken_and_what_is_not_documented(tmp_path: Path) -> None:
    facts = {**MET, **UNSAID, **SERIES}
    reasons = own_rater(tmp_path).reasons("plan", facts, TODAY)
    assert reasons == {"relief": "not documented (#repeat)", "series": "broken (#series)"}


def test_the_tables_are_those_of_the_project() -> None:
    assert OWN == ROOT / "evals/data/second_rater"
