"""A document is added whole or not at all, and every fault says where it is."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.adding import Addition, add_document, addition_of_files
from ingest.documents import corpus_hash, load_documents
from ingest.errors import CorpusError, CorpusErrors
from ingest.placing import added_folders, exclusive, put, take_away
from tests.conftest import FRONT_MATTER

BODY = "## Repeat {#repeat}\n\nA repeat needs half the pain gone.\n"


def document(document_id: str, *, kind: str = "policy", title: str = "New", body: str = BODY, **changes: str) -> bytes:
    fields = {"id": document_id, "kind": kind, "title": title, "codes": "{cpt: [], icd10cm: []}"}
    front = FRONT_MATTER.format(**fields, effective="{from: 2025-01-01, to: null}", extra="")
    for old, new in changes.items():
        front = front.replace(old, new)
    return (front + body).encode()


def addition(document_id: str, **changes: str) -> Addition:
    return addition_of_files({"document.md": document(document_id, **changes)})


def check(root: Path, document_id: str) -> Sequence[CorpusError]:
    try:
        load_documents(root)
    except CorpusErrors as found:
        return found.errors
    return ()


def add(corpus: Path, added: Addition, *, replace: bool = False) -> None:
    with exclusive(corpus):
        add_document(added, corpus=corpus, place=corpus, replace=replace, marker="", check=check)


def faults(caught: pytest.ExceptionInfo[CorpusErrors]) -> list[str]:
    return [str(fault) for fault in caught.value.errors]


def test_a_document_is_loaded_with_the_corpus_from_then_on(small_corpus: Path) -> None:
    add(small_corpus, addition("plan-c"))
    assert "plan-c" in load_documents(small_corpus)
    assert list(added_folders(small_corpus)) == ["plan-c"]


def test_a_fault_leaves_the_corpus_as_it_was_and_names_file_and_line(small_corpus: Path) -> None:
    before = corpus_hash(small_corpus)
    with pytest.raises(CorpusErrors) as caught:
        add(small_corpus, addition("plan-c", body="## Repeat\n\nText.\n"))
    (fault,) = faults(caught)
    assert fault.startswith("policies/plan-c/document.md:15: the heading has no anchor. ")
    assert corpus_hash(small_corpus) == before


def test_an_id_that_exists_is_refused_unless_it_is_to_be_replaced(small_corpus: Path) -> None:
    before = corpus_hash(small_corpus)
    with pytest.raises(CorpusErrors, match=r"a document warning already, of safety\. Ask for it to be replaced"):
        add(small_corpus, addition("warning"))
    assert corpus_hash(small_corpus) == before
    add(small_corpus, addition("warning", title="Replaced"), replace=True)
    documents = load_documents(small_corpus)
    assert (documents["warning"].title, documents["warning"].kind) == ("Replaced", "policy")
    assert not (small_corpus / "safety" / "warning").exists()


@pytest.mark.parametrize("document_id", ["../../x", "/etc/x", "a/b", "A", "", ".hidden", "a--b", "a b", "..", "x\x00"])
def test_an_id_that_is_no_plain_name_is_refused_before_anything_is_written(document_id: str) -> None:
    with pytest.raises(CorpusErrors) as caught:
        addition_of_files({"document.md": document("PLACE", PLACE=f'"{document_id}"')})
    assert all(fault.startswith("document.md:") for fault in faults(caught))


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "document.md:0: the document has no document.md"),
        ({"document.md": b"\xff"}, "document.md:1: not UTF-8 text"),
        ({"document.md": b"no front matter"}, "document.md:1: no front matter"),
        ({"document.md": document("a"), "../../evil.sh": b"x"}, "evil.sh:0: no file of a document"),
        ({"document.md": b"x" * 4_000_001}, "document.md:0: the file is larger than 4 MB"),
        (
            {"document.md": document("a", **{"https://example.org/a": "javascript:alert(1)"})},
            "the url is no web address",
        ),
    ],
)
def test_files_that_are_no_document_are_refused(files: dict[str, bytes], problem: str) -> None:
    with pytest.raises(CorpusErrors) as caught:
        addition_of_files(files)
    assert problem in faults(caught)[0]


def test_a_kill_while_replacing_loses_neither_the_old_nor_the_new(small_corpus: Path) -> None:
    folder = small_corpus / "safety" / "warning"
    folder.rename(folder.with_name(".warning.aside"))
    (folder.parent / ".warning.1234.partial").mkdir()
    with exclusive(small_corpus):
        assert "warning" in load_documents(small_corpus)
    assert [path.name for path in folder.parent.iterdir()] == ["warning"]


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "policies").write_text("a file where a folder should be")
    with pytest.raises(CorpusErrors, match="cannot be written"):
        put({"document.md": "x"}, tmp_path / "policies" / "a", marker="")


def test_a_document_is_taken_away_as_a_whole(small_corpus: Path) -> None:
    add(small_corpus, addition("plan-c"))
    take_away(small_corpus / "policies" / "plan-c")
    assert added_folders(small_corpus) == {}
    assert sorted(path.name for path in (small_corpus / "policies").iterdir()) == ["plan-a-epidural", "plan-b-facet"]


def test_a_document_removed_by_hand_is_no_obstacle(small_corpus: Path) -> None:
    add(small_corpus, addition("plan-c"))
    shutil.rmtree(small_corpus / "policies" / "plan-c")
    add(small_corpus, addition("plan-c"))
    assert "plan-c" in load_documents(small_corpus)
