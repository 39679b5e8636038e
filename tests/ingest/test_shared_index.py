"""Several who read one index, in threads and processes, while somebody brings it in step with its corpus."""

from __future__ import annotations

import gc
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.documents import load_documents
from ingest.index import Index, open_index
from ingest.manifest import read_manifest
from tests.conftest import WordEncoder, write_document

NEWS = "Example document. Result: A new finding."


def opened(corpus: Path, encoder: WordEncoder, notices: list[str] | None = None) -> Index:
    log = [] if notices is None else notices
    return open_index(corpus, encoder=encoder, directory=corpus.parent / "index", notice=log.append)


def best(index: Index, encoder: WordEncoder, text: str) -> str:
    return index.nearest(encoder.encode([text])[0], n=1)[0][0]


def add_study(corpus: Path, name: str = "study") -> None:
    write_document(corpus, name, "## Result {#result}\n\nA new finding.\n", kind="evidence")


def stores(corpus: Path) -> set[str]:
    return {folder.name for folder in (corpus.parent / "index").glob("store-*")}


READER = """
import sys
from pathlib import Path
from ingest.index import open_index
from tests.conftest import WordEncoder
index = open_index(Path(sys.argv[1]), encoder=WordEncoder(), directory=Path(sys.argv[1]).parent / "index")
print("reading", flush=True)
for line in sys.stdin:
    print(index.nearest(WordEncoder().encode([line.strip()])[0], n=1)[0][0], flush=True)
"""


@contextmanager
def another_process(corpus: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", READER, str(corpus)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "reading\n"
        try:
            yield child
        finally:
            child.kill()


def asked(child: subprocess.Popen[str], text: str) -> str:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(f"{text}\n")
    child.stdin.flush()
    return child.stdout.readline()


def test_an_index_that_is_open_stays_as_it_was_while_the_corpus_moves_on(
    small_corpus: Path, word_encoder: WordEncoder
) -> None:
    notices: list[str] = []
    held = opened(small_corpus, word_encoder, notices)
    add_study(small_corpus)
    later = opened(small_corpus, word_encoder, notices)
    assert best(later, word_encoder, NEWS).startswith("study#result:")
    assert (len(held.passages), len(later.passages)) == (4, 5)
    assert not best(held, word_encoder, NEWS).startswith("study#")
    assert (held.is_present, later.is_present) == (False, True)
    assert notices == []


def test_a_store_goes_once_nobody_reads_it(small_corpus: Path, word_encoder: WordEncoder) -> None:
    held = opened(small_corpus, word_encoder)
    (first,) = stores(small_corpus)
    with another_process(small_corpus) as child:
        for number in range(4):
            add_study(small_corpus, f"study-{number}")
            opened(small_corpus, word_encoder)
        assert len(stores(small_corpus)) == 2
        assert asked(child, "Stroke and paralysis").startswith("warning#harm:")
        del held
        gc.collect()
        add_study(small_corpus, "study-5")
        opened(small_corpus, word_encoder)
        assert first in stores(small_corpus)
        child.send_signal(signal.SIGKILL)
        child.wait()
    add_study(small_corpus, "study-6")
    last = opened(small_corpus, word_encoder)
    assert first not in stores(small_corpus)
    assert len(stores(small_corpus)) == 1
    assert len(list((small_corpus.parent / "index").glob("reader-*"))) == 1
    assert last.is_present


def test_a_store_taken_from_under_a_reader_is_built_anew_with_what_the_reader_holds(
    small_corpus: Path, word_encoder: WordEncoder
) -> None:
    notices: list[str] = []
    held = opened(small_corpus, word_encoder, notices)
    (first,) = stores(small_corpus)
    add_study(small_corpus)
    later = opened(small_corpus, word_encoder)
    shutil.rmtree(small_corpus.parent / "index" / first)
    assert best(held, word_encoder, "Stroke and paralysis").startswith("warning#harm:")
    assert not best(held, word_encoder, NEWS).startswith("study#")
    assert [notice.endswith("is damaged; building it anew.") for notice in notices] == [True]
    assert later.is_present
    assert best(later, word_encoder, NEWS).startswith("study#result:")


def test_a_whole_index_deleted_under_a_reader_comes_back(small_corpus: Path, word_encoder: WordEncoder) -> None:
    held = opened(small_corpus, word_encoder)
    shutil.rmtree(small_corpus.parent / "index")
    assert best(held, word_encoder, "Stroke and paralysis").startswith("warning#harm:")
    word_encoder.encoded.clear()
    assert opened(small_corpus, word_encoder).is_present
    assert word_encoder.encoded == []


KILLED_UPDATE = """
import os, sys
from pathlib import Path
from ingest.index import open_index
from tests.conftest import WordEncoder

class Killed(WordEncoder):
    def encode(self, texts):
        os._exit(9)

open_index(Path(sys.argv[1]), encoder=Killed(), directory=Path(sys.argv[1]).parent / "index")
"""


def test_an_update_killed_in_the_middle_leaves_the_old_index_whole_and_is_carried_on(
    small_corpus: Path, word_encoder: WordEncoder
) -> None:
    before = opened(small_corpus, word_encoder)
    add_study(small_corpus)
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", KILLED_UPDATE, str(small_corpus)], check=False)
        assert done.returncode == 9
    assert before.is_present
    assert len(stores(small_corpus)) == 2
    assert best(before, word_encoder, "Stroke and paralysis").startswith("warning#harm:")
    word_encoder.encoded.clear()
    after = opened(small_corpus, word_encoder)
    assert word_encoder.encoded == [NEWS]
    assert best(after, word_encoder, NEWS).startswith("study#result:")


def test_a_corpus_edited_while_it_is_read_is_read_again(
    small_corpus: Path, word_encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits = [1]

    def edited_meanwhile(root: Path) -> object:
        documents = load_documents(root)
        if edits:
            edits.pop()
            add_study(small_corpus)
        return documents

    monkeypatch.setattr("ingest.sync.load_documents", edited_meanwhile)
    index = opened(small_corpus, word_encoder)
    assert len(index.passages) == 5
    found = read_manifest(small_corpus.parent / "index")
    assert found is not None
    assert found.corpus_hash == index.corpus_hash


def test_vectors_are_taken_from_the_index_of_another_corpus(
    small_corpus: Path, word_encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GUIDELINE_QA_HOME", str(tmp_path / "home"))
    open_index(small_corpus, encoder=word_encoder)
    wider = tmp_path / "wider"
    shutil.copytree(small_corpus, wider)
    add_study(wider)
    word_encoder.encoded.clear()
    index = open_index(wider, encoder=word_encoder, seed=small_corpus)
    assert word_encoder.encoded == [NEWS]
    assert best(index, word_encoder, NEWS).startswith("study#result:")


def test_threads_that_open_and_read_one_store_at_once_find_the_same(
    small_corpus: Path, word_encoder: WordEncoder
) -> None:
    opened(small_corpus, word_encoder)
    for _ in range(5):
        index = opened(small_corpus, word_encoder)
        vectors = [word_encoder.encode([passage.embedded_text])[0] for passage in index.passages] * 8
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda vector, index=index: index.nearest(vector, n=3), vectors))
        assert found == [index.nearest(vector, n=3) for vector in vectors]
        assert [hits[0][0] for hits in found[:4]] == [passage.id for passage in index.passages]
