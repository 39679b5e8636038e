"""Outsiders' folders in BEIR layout."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evals.retrieval.beir import beir_folders, unjudged_folders
from evals.retrieval.collection import as_documents, ids_of
from evals.retrieval.rows import RetrievalError
from rag.errors import UserError
from tests.evals.retrieval.conftest import write_json_lines, write_qrels


@pytest.mark.parametrize("place", ["abstracts", ".", ".."])
def test_a_set_is_found_in_the_folder_and_in_those_below_it(place: str, beir_set: Path) -> None:
    (folder,) = beir_folders(beir_set.parent / place)
    assert folder.name == "abstracts"


def test_without_a_folder_there_is_no_set() -> None:
    assert beir_folders(None) == []


def test_a_folder_that_is_not_there_is_an_error_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no folder .* Give --data a folder that exists"):
        beir_folders(tmp_path / "nowhere")


def test_two_sets_of_one_name_are_told_apart_by_the_way_to_them(beir_set: Path) -> None:
    shutil.copytree(beir_set, beir_set.parent / "more" / "abstracts")
    assert [one.name for one in beir_folders(beir_set.parent)] == ["data-abstracts", "data-more-abstracts"]


def test_each_file_of_judgements_is_a_set(beir_set: Path) -> None:
    write_qrels(beir_set / "qrels" / "dev.tsv", "2|a\tPMC 9/b\t1")
    (folder,) = beir_folders(beir_set)
    assert [one.name for one in folder.sets(half=None)] == ["abstracts-dev", "abstracts-test"]


def test_judgements_may_lie_beside_the_queries(beir_set: Path) -> None:
    shutil.move(beir_set / "qrels" / "test.tsv", beir_set / "qrels.tsv")
    (judged,) = beir_folders(beir_set)[0].sets(half=None)
    assert len(judged.items) == 2


def test_a_folder_without_judgements_is_no_set_and_is_told(beir_set: Path) -> None:
    shutil.rmtree(beir_set / "qrels")
    assert beir_folders(beir_set) == []
    assert unjudged_folders(beir_set.parent) == [beir_set]


def test_grades_are_kept_and_a_later_judgement_counts(beir_set: Path) -> None:
    (judged,) = beir_folders(beir_set)[0].sets(half=None)
    first = judged.items[0]
    assert first.id == "abstracts/1"
    assert first.label.grades == {"7": 3, "x": 0, "y": 2}
    assert first.label.right == ("7", "y")
    assert "differ from an earlier one on the same document: 1" in " ".join(judged.notes)


def test_a_query_with_nothing_right_is_left_out_with_a_note(beir_set: Path) -> None:
    (judged,) = beir_folders(beir_set)[0].sets(half=None)
    assert [item.id for item in judged.items] == ["abstracts/1", "abstracts/2%7Ca"]
    assert "nothing is judged right for them: 1" in " ".join(judged.notes)


def test_halves_are_those_of_the_ids_and_make_the_whole(beir_set: Path) -> None:
    (folder,) = beir_folders(beir_set)
    ids = [{item.id for item in folder.sets(half=half)[0].items} for half in ("calibrate", "report", None)]
    assert ids[0] | ids[1] == ids[2]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"_id": 5, "text": "a number for an id"}, "corpus.jsonl:1: `_id` is 5, not text"),
        ({"id": "5", "text": "no id"}, "corpus.jsonl:1: key `_id` is missing"),
        ({"_id": "5", "text": ""}, "corpus.jsonl:1: `text`"),
        ({"_id": "5"}, "corpus.jsonl:1: key `text` is missing"),
    ],
)
def test_a_wrong_document_is_named_with_its_line(row: dict[str, object], said: str, beir_set: Path) -> None:
    write_json_lines(beir_set / "corpus.jsonl", [row])
    with pytest.raises(RetrievalError) as raised:
        beir_folders(beir_set)[0].sets(half=None)
    assert said in str(raised.value)


def test_broken_json_is_named_with_its_line(beir_set: Path) -> None:
    (beir_set / "queries.jsonl").write_text('{"_id": "1", "text": "a"}\n{"_id"\n', encoding="utf-8")
    with pytest.raises(RetrievalError, match=r"queries\.jsonl:2: not valid JSON"):
        beir_folders(beir_set)[0].sets(half=None)


def test_a_judgement_on_a_document_that_is_not_there_is_named(beir_set: Path) -> None:
    write_qrels(beir_set / "qrels" / "test.tsv", "1\t8\t1")
    with pytest.raises(RetrievalError, match=r"test\.tsv:2: there is nothing '8' in the collection"):
        beir_folders(beir_set)[0].sets(half=None)


def test_documents_keep_their_words_and_their_own_ids(beir_set: Path) -> None:
    public = beir_folders(beir_set)[0].documents
    documents = as_documents(public)
    assert [ids_of(public)[id_] for id_ in documents] == ["7", "PMC 9/b", "x", "y"]
    assert [one.sections[0].text for one in documents.values()] == [one.text for one in public.values()]
    assert [one.title for one in documents.values()] == ["Thumb", "Document", "Document", "Tea"]
