"""The measure of removal counts what it says, and its texts cover every identifier."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from evals import Options, run_suite
from evals.frame.methods import LEXICAL, NULL, SYSTEM
from evals.frame.models import SuiteReport
from evals.identifiers.__main__ import main
from evals.identifiers.methods import ALL, capitals_and_digits, everything, nothing
from evals.identifiers.notes import LabelledSpan, LabelledText, load_notes, load_sets
from evals.identifiers.suite import measure
from ingest.errors import CorpusErrors
from rag.guard.identifiers.models import Kind

NAMED = LabelledText(
    id="1",
    text="Ann Lee has C7 pain",
    spans=(LabelledSpan(start=0, end=7, kind="name"),),
    half="report",
)
CLEAN = LabelledText(id="2", text="pain 8/10", spans=(), half="report")
Find = Callable[[str], list[tuple[int, int]]]


def first_word(text: str) -> list[tuple[int, int]]:
    return [(0, text.index(" "))]


def two_words(text: str) -> list[tuple[int, int]]:
    return [(0, 3), (4, 7)] if text.startswith("Ann") else []


def broken(text: str) -> list[tuple[int, int]]:
    raise RuntimeError("no rules")


def measured(find: Find) -> SuiteReport:
    return measure([NAMED, CLEAN], {SYSTEM: find}, Options())


def value(report: SuiteReport, name: str) -> float | None:
    found = report.measure(name)
    assert found is not None
    return found.subject.figure.value


@pytest.mark.parametrize(
    ("find", "removed", "tokens", "clean"),
    [(nothing, 0, 1, 1), (everything, 1, 0, 0), (first_word, 0, 0.8, 0), (two_words, 1, 1, 1)],
)
def test_half_a_name_is_a_name_missed(find: Find, removed: float, tokens: float, clean: float) -> None:
    report = measured(find)
    assert value(report, "identifiers-removed") == value(report, "names-removed") == removed
    assert value(report, "other-tokens-kept") == tokens
    assert value(report, "clean-texts-kept") == clean
    missed = {one.expected for one, _ in report.failures(report.measures[0])}
    assert missed == ({"the name 'Ann Lee' removed"} if removed == 0 else set())


def test_how_much_of_the_rest_is_lost_is_a_share_of_its_letters_and_digits() -> None:
    """ "has C7 pain" has 9; "pain 8/10" has 7, of which "pain" is 4."""
    assert value(measured(lambda text: [(12, 14)] if "C7" in text else [(0, 4)]), "other-characters-kept") == round(
        (7 / 9 + 3 / 7) / 2, 4
    )


def test_removal_that_breaks_has_removed_nothing_and_kept_nothing() -> None:
    report = measured(broken)
    assert {name: value(report, name) for name in ("identifiers-removed", "other-tokens-kept")} == {
        "identifiers-removed": 0,
        "other-tokens-kept": 0,
    }
    assert {one.found for one, _ in report.failures(report.measures[0])} == {"RuntimeError: no rules"}


def test_a_figure_for_each_kind_of_identifier_stands_beside_the_whole() -> None:
    found = measured(two_words).measure("identifiers-removed")
    assert found is not None
    assert [(one.name, one.figures[SYSTEM].n) for one in found.slices] == [("identifier: name", 1)]


def test_capitals_and_digits_are_all_the_lexical_baseline_knows() -> None:
    text = "Mrs. O'Hara, seen 03/14 for C7 pain"
    assert [text[start:end] for start, end in capitals_and_digits(text)] == ["Mrs", "O", "Hara", "03", "14", "C", "7"]


def test_the_rules_miss_little_of_the_report_half_and_leave_nearly_all_else() -> None:
    report = run_suite("identifiers", Options())
    assert [row.method for row in report.measures[0].rows] == [SYSTEM, NULL, ALL, LEXICAL]
    assert (value(report, "identifiers-removed") or 0) > 0.97
    assert (value(report, "other-tokens-kept") or 0) > 0.98


@pytest.mark.parametrize("half", ["calibrate", "report"])
def test_the_texts_of_a_half_cover_every_kind_and_none(half: str) -> None:
    notes = [note for note in load_sets(None)[0] if note.half == half]
    assert {span.kind for note in notes for span in note.spans} == set(get_args(Kind))
    assert sum(not note.spans for note in notes) >= 20
    assert len(notes) >= 80


def test_no_text_is_in_both_halves() -> None:
    texts = [note.text for note in load_sets(None)[0]]
    assert len(set(texts)) == len(texts)


def test_a_span_beyond_its_text_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    good = {"id": "a", "text": "Ann", "spans": [], "half": "report"}
    bad = {"id": "b", "text": "Ann", "spans": [{"start": 0, "end": 9, "kind": "name"}], "half": "report"}
    file.write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n{json.dumps(good)}\n", encoding="utf-8")
    with pytest.raises(CorpusErrors, match="beyond the text") as caught:
        load_notes([file])
    assert f"{file}:2: " in str(caught.value)
    assert f"{file}:3: there is another text 'a'" in str(caught.value)


def test_texts_of_others_are_measured_in_place_of_the_projects_own(tmp_path: Path) -> None:
    folder = tmp_path / "identifiers"
    folder.mkdir()
    (folder / "a.jsonl").write_text(f"{NAMED.model_dump_json()}\n{CLEAN.model_dump_json()}\n", encoding="utf-8")
    assert load_sets(tmp_path) == ((NAMED, CLEAN), ())


def test_a_folder_without_texts_leaves_the_projects_own_and_says_so(tmp_path: Path) -> None:
    notes, (remark,) = load_sets(tmp_path)
    assert notes == load_sets(None)[0]
    assert str(tmp_path) in remark


def test_what_is_removed_from_unlabelled_notes_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Mr. Pemberton has C7 pain"}\n', encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert "name (1): 'Pemberton' 1" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["{", '{"words": "x"}', '["text"]'])
def test_a_line_without_a_text_is_told(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"text": "x"}}\n{line}\n', encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert f"{tmp_path / 'a.jsonl'}:2: " in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err
