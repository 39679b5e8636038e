"""The measure of removal counts what it says, and its texts cover every identifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from evals.identifiers.__main__ import main
from evals.identifiers.measure import measure
from evals.identifiers.notes import LabelledSpan, LabelledText, load_notes
from ingest.errors import CorpusErrors
from rag.guard.identifiers.models import Kind

NAMED = LabelledText(
    id="1",
    text="Ann Lee has C7 pain",
    spans=(LabelledSpan(start=0, end=7, kind="name"),),
    half="report",
)
CLEAN = LabelledText(id="2", text="pain 8/10", spans=(), half="report")


def nothing(text: str) -> list[tuple[int, int]]:
    return []


def everything(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


def first_word(text: str) -> list[tuple[int, int]]:
    return [(0, text.index(" "))]


def two_words(text: str) -> list[tuple[int, int]]:
    return [(0, 3), (4, 7)] if text.startswith("Ann") else []


@pytest.mark.parametrize(
    ("find", "recall", "tokens", "clean"),
    [(nothing, 0, 0, 0), (everything, 1, 1, 1), (first_word, 0, 0.2, 1), (two_words, 1, 0, 0)],
)
def test_half_a_name_is_a_name_missed(find: object, recall: float, tokens: float, clean: float) -> None:
    assert callable(find)
    report = measure([NAMED, CLEAN], find, half="report", failures=9)
    assert report.recall.value == recall
    assert report.recall_by_kind["name"].n == 1
    assert report.tokens_lost.value == tokens
    assert report.clean_texts_changed.value == clean
    assert any(one.missed == ("Ann Lee",) for one in report.failures) == (recall == 0)


@pytest.mark.parametrize("half", ["calibrate", "report"])
def test_the_texts_of_a_half_cover_every_kind_and_none(half: str) -> None:
    notes = [note for note in load_notes() if note.half == half]
    assert {span.kind for note in notes for span in note.spans} == set(get_args(Kind))
    assert sum(not note.spans for note in notes) >= 20
    assert len(notes) >= 80


def test_no_text_is_in_both_halves() -> None:
    texts = [note.text for note in load_notes()]
    assert len(set(texts)) == len(texts)


def test_a_span_beyond_its_text_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    good = {"id": "a", "text": "Ann", "spans": [], "half": "report"}
    bad = {"id": "b", "text": "Ann", "spans": [{"start": 0, "end": 9, "kind": "name"}], "half": "report"}
    file.write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n", encoding="utf-8")
    with pytest.raises(CorpusErrors, match="beyond the text") as caught:
        load_notes(file)
    assert f"{file}:2: " in str(caught.value)


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_text(f"{NAMED.model_dump_json()}\n{CLEAN.model_dump_json()}\n", encoding="utf-8")
    assert main(["--data", str(file), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["recall"]["value"] == 1
    assert found["texts"] == 2


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err


def test_what_is_removed_from_unlabelled_notes_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Mr. Pemberton has C7 pain"}\n', encoding="utf-8")
    assert main(["--unlabelled", str(tmp_path)]) == 0
    assert "name (1): 'Pemberton' 1" in capsys.readouterr().out
