"""The index follows the corpus, does no work twice, and survives kills, damage and company."""

import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from ingest.encoder import Vectors
from ingest.index import Index, index_directory, open_index
from ingest.manifest import FILE_NAME, read_manifest
from tests.conftest import WordEncoder, write_document


def opened(corpus: Path, encoder: WordEncoder, tmp_path: Path, notices: list[str] | None = None) -> Index:
    log = [] if notices is None else notices
    return open_index(corpus, encoder=encoder, directory=tmp_path / "index", notice=log.append)


def assert_serves_every_passage(index: Index, encoder: WordEncoder) -> None:
    for passage in index.passages:
        vector = encoder.encode([passage.embedded_text])[0]
        (best, similarity), *_ = index.nearest(vector, n=1)
        assert best == passage.id
        assert similarity == pytest.approx(1.0, abs=1e-5)


def test_every_passage_is_found_by_its_own_vector(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path
) -> None:
    index = opened(small_corpus, word_encoder, tmp_path)
    assert len(index.passages) == 4
    assert_serves_every_passage(index, word_encoder)


def test_a_search_can_be_restricted_to_given_passages(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path
) -> None:
    index = opened(small_corpus, word_encoder, tmp_path)
    keys = [passage.id for passage in index.passages]
    vector = word_encoder.encode([index.passages[0].embedded_text])[0]
    assert {key for key, _ in index.nearest(vector, n=9, among=keys[1:3])} == set(keys[1:3])
    assert index.nearest(vector, n=9, among=[]) == []
    assert np.allclose(index.vectors(keys[:1])[keys[0]], vector, atol=1e-6)


def test_an_unchanged_corpus_is_neither_embedded_nor_opened_in_chroma_again(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path
) -> None:
    first = opened(small_corpus, word_encoder, tmp_path)
    word_encoder.encoded.clear()
    again = opened(small_corpus, word_encoder, tmp_path)
    assert word_encoder.encoded == []
    assert (again.index_hash, again.passages) == (first.index_hash, first.passages)
    program = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from tests.conftest import WordEncoder
        from ingest.index import open_index
        open_index(Path({str(small_corpus)!r}), encoder=WordEncoder(), directory=Path({str(tmp_path / "index")!r}))
        print([name for name in ("chromadb", "onnxruntime", "tokenizers") if name in sys.modules])
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_what_changed_is_embedded_and_what_is_gone_is_deleted(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path
) -> None:
    before = opened(small_corpus, word_encoder, tmp_path)
    word_encoder.encoded.clear()
    write_document(small_corpus, "study", "## Result {#result}\n\nA new finding.\n", kind="evidence")
    shutil.rmtree(small_corpus / "policies" / "plan-b-facet")
    after = opened(small_corpus, word_encoder, tmp_path)
    assert word_encoder.encoded == ["Example document. Result: A new finding."]
    assert {passage.document_id for passage in after.passages} == {"plan-a-epidural", "study", "warning"}
    assert after.index_hash != before.index_hash
    assert_serves_every_passage(after, word_encoder)


def test_new_front_matter_reaches_the_passages_without_embedding_anything(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path
) -> None:
    before = opened(small_corpus, word_encoder, tmp_path)
    word_encoder.encoded.clear()
    file = small_corpus / "policies" / "plan-a-epidural" / "document.md"
    file.write_text(file.read_text().replace("payer: plan-a", "payer: plan-c"))
    after = opened(small_corpus, word_encoder, tmp_path)
    assert word_encoder.encoded == []
    assert after.passages[0].payer == "plan-c"
    assert after.index_hash != before.index_hash


def test_another_model_gets_vectors_of_its_own(small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path) -> None:
    class WiderEncoder(WordEncoder):
        key = "words/2"
        dimension = 96

    opened(small_corpus, word_encoder, tmp_path)
    wider = WiderEncoder()
    assert_serves_every_passage(opened(small_corpus, wider, tmp_path), wider)
    assert len(list((tmp_path / "index").glob("store-*"))) == 1
    keys = {index_directory(small_corpus, model_key=key) for key in (word_encoder.key, wider.key)}
    assert len(keys) == 2


SLOW_SYNC = """
import sys, time
from pathlib import Path
import ingest.filling
from ingest.index import open_index
from tests.conftest import WordEncoder

class SlowEncoder(WordEncoder):
    def encode(self, texts):
        print("encoding", flush=True)
        time.sleep(0.3)
        return super().encode(texts)

ingest.filling.EMBEDDING_BATCH = 2
open_index(Path(sys.argv[1]), encoder=SlowEncoder(), directory=Path(sys.argv[2]))
"""


@pytest.mark.parametrize("batches_before_the_kill", [1, 2, 4])
def test_a_sync_killed_in_the_middle_is_carried_on(
    tmp_path: Path, word_encoder: WordEncoder, batches_before_the_kill: int
) -> None:
    corpus = tmp_path / "corpus"
    for number in range(12):
        write_document(corpus, f"d{number}", f"## S {{#s}}\n\nText number {number} speaks of w{number}.\n")
    directory = tmp_path / "index"
    command = [sys.executable, "-c", SLOW_SYNC, str(corpus), str(directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(batches_before_the_kill):
            assert child.stdout.readline() == "encoding\n"
        child.send_signal(signal.SIGKILL)
    assert read_manifest(directory) is None
    left = read_manifest(next(directory.glob("store-*")))
    assert left is not None
    assert not left.complete
    notices: list[str] = []
    index = opened(corpus, word_encoder, tmp_path, notices)
    embedded = len(word_encoder.encoded)
    assert embedded == 12 - 2 * (batches_before_the_kill - 1)
    assert notices == []
    assert_serves_every_passage(index, word_encoder)


def damage_database(directory: Path) -> None:
    (next(directory.glob("store-*")) / "chroma.sqlite3").write_bytes(b"no database" * 500)


def remove_store(directory: Path) -> None:
    shutil.rmtree(next(directory.glob("store-*")))


def empty_store(directory: Path) -> None:
    remove = next(directory.glob("store-*"))
    shutil.rmtree(remove)
    remove.mkdir()


def damage_manifest(directory: Path) -> None:
    (directory / FILE_NAME).write_text('{"format": 1, "complete"')


@pytest.mark.parametrize("damage", [damage_database, remove_store, empty_store, damage_manifest])
def test_a_damaged_index_is_built_anew(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path, damage: object
) -> None:
    assert callable(damage)
    program = (
        "import sys; from pathlib import Path; from tests.conftest import WordEncoder; "
        "from ingest.index import open_index; "
        "open_index(Path(sys.argv[1]), encoder=WordEncoder(), directory=Path(sys.argv[2]))"
    )
    directory = tmp_path / "index"
    # Another process writes it: this one then meets the damage without Chroma's open files.
    subprocess.run([sys.executable, "-c", program, str(small_corpus), str(directory)], check=True)
    damage(directory)
    notices: list[str] = []
    index = opened(small_corpus, word_encoder, tmp_path, notices)
    assert_serves_every_passage(index, word_encoder)
    assert all(notice.endswith("is damaged; building it anew.") for notice in notices)
    assert bool(notices) is (damage in (damage_database, empty_store))
    assert opened(small_corpus, word_encoder, tmp_path).index_hash == index.index_hash


def test_two_at_once_wait_for_one_another_and_embed_once(small_corpus: Path, tmp_path: Path) -> None:
    class SlowEncoder(WordEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            time.sleep(0.2)
            return super().encode(texts)

    encoder = SlowEncoder()
    notices: list[str] = []
    threads = [threading.Thread(target=opened, args=(small_corpus, encoder, tmp_path, notices)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(encoder.encoded) == 4
    assert notices.count("Another process is building the index; waiting for it.") == 2


def test_an_index_held_too_long_says_what_to_do(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.errors import IndexBusyError

    monkeypatch.setattr("ingest.sync.LOCK_TIMEOUT_SECONDS", 0.1)
    (tmp_path / "index").mkdir()
    with FileLock(tmp_path / "index" / "lock"), pytest.raises(IndexBusyError, match="End it, then try again"):
        opened(small_corpus, word_encoder, tmp_path)


def test_progress_counts_passages_up_to_all_of_them(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path
) -> None:
    steps: list[tuple[int, int, str]] = []
    open_index(
        small_corpus,
        encoder=word_encoder,
        directory=tmp_path / "index",
        progress=lambda done, total, what: steps.append((done, total, what)),
    )
    assert steps == [(0, 4, "embedding passages"), (4, 4, "embedding passages")]
