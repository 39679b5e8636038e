"""Bring the index on disk in step with the corpus.

Syncing embeds only passages that are new, deletes those that are gone, and writes the manifest last. Whoever
kills it in between loses nothing but the batch at hand: the manifest then says `complete: false` and the next
run carries on with what the store holds.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.cache import make_folder
from ingest.documents import Document, corpus_hash, load_documents
from ingest.encoder import Encoder
from ingest.errors import CacheError, IndexBusyError
from ingest.manifest import FORMAT, Manifest, index_hash, read_manifest, write_manifest
from ingest.passages import Passage, passages_of
from ingest.progress import Progress
from ingest.store import StoreError, VectorStore

EMBEDDING_BATCH = 32
LOCK_TIMEOUT_SECONDS = 900

Notice = Callable[[str], None]


@dataclass(frozen=True)
class Sync:
    """One corpus, one model, one index folder; `notice` gets sentences for the user."""

    corpus: Path
    encoder: Encoder
    directory: Path
    documents: Mapping[str, Document] | None
    progress: Progress
    notice: Notice

    def current(self) -> Manifest | None:
        """The manifest on disk if nothing is to be done. Reads the corpus's bytes, not Chroma."""
        return self._current(read_manifest(self.directory), corpus_hash(self.corpus))

    def run(self, *, anew: bool = False) -> Manifest:
        """Make it current; `anew` distrusts the vectors stored. Raises what `open_index` raises."""
        make_folder(self.directory)
        with _exclusive(self.directory, self.notice):
            found_hash = corpus_hash(self.corpus)
            before = None if anew else read_manifest(self.directory)
            if current := self._current(before, found_hash):
                return current  # whoever held the lock before has done it
            documents = self.documents if self.documents is not None else load_documents(self.corpus)
            passages = passages_of(documents, count_pieces=self.encoder.count_pieces)
            started = self._fill(before, passages)
            finished = started.model_copy(
                update={
                    "complete": True,
                    "corpus_hash": found_hash,
                    "index_hash": index_hash(passages, model_key=self.encoder.key),
                    "passages": passages,
                }
            )
            write_manifest(self.directory, finished)
            _remove_other_stores(self.directory, keep=finished.store)
            return finished

    def _current(self, manifest: Manifest | None, wanted_hash: str) -> Manifest | None:
        if manifest is None or not manifest.complete or not manifest.serves(model_key=self.encoder.key):
            return None
        if manifest.corpus_hash != wanted_hash or not (self.directory / manifest.store).is_dir():
            return None
        return manifest

    def _fill(self, before: Manifest | None, passages: Sequence[Passage]) -> Manifest:
        started = self._start(before)
        store = VectorStore(self.directory / started.store)
        try:
            self._bring_in_step(store, passages)
        except StoreError as error:
            if before is None:
                raise CacheError(
                    f"The index in {self.directory} cannot be built ({error}). Delete that folder, then try again."
                ) from None
            self.notice(f"The index in {self.directory} is damaged; building it anew.")
            return self._fill(None, passages)
        return started

    def _start(self, before: Manifest | None) -> Manifest:
        """Declare the index incomplete before the first change, so that no kill leaves a manifest that lies.

        A rebuild takes a new folder: Chroma keeps the files of the old one open in this process.
        """
        reusable = before is not None and before.serves(model_key=self.encoder.key)
        started = Manifest(
            format=FORMAT,
            complete=False,
            store=before.store if before and reusable else f"store-{secrets.token_hex(4)}",
            model_key=self.encoder.key,
            dimension=self.encoder.dimension,
        )
        write_manifest(self.directory, started)
        return started

    def _bring_in_step(self, store: VectorStore, passages: Sequence[Passage]) -> None:
        stored = store.ids()
        wanted = {passage.id: passage for passage in passages}
        store.delete(sorted(stored - wanted.keys()))
        missing = [wanted[key] for key in wanted.keys() - stored]
        missing.sort(key=lambda passage: (len(passage.text), passage.id))
        for start in range(0, len(missing), EMBEDDING_BATCH):
            self.progress(start, len(missing), "embedding passages")
            batch = missing[start : start + EMBEDDING_BATCH]
            vectors = self.encoder.encode([passage.embedded_text for passage in batch])
            store.add([passage.id for passage in batch], vectors)
        if missing:
            self.progress(len(missing), len(missing), "embedding passages")
        if store.count() != len(wanted):
            raise StoreError("the store does not hold what was written to it")


@contextmanager
def _exclusive(directory: Path, notice: Notice) -> Iterator[None]:
    lock = FileLock(directory / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        notice("Another process is building the index; waiting for it.")
        try:
            lock.acquire(timeout=LOCK_TIMEOUT_SECONDS)
        except Timeout:
            raise IndexBusyError(
                f"Another process has held {directory} for over {LOCK_TIMEOUT_SECONDS // 60} minutes. "
                "End it, then try again."
            ) from None
    try:
        yield
    finally:
        lock.release()


def _remove_other_stores(directory: Path, *, keep: str) -> None:
    for folder in directory.glob("store-*"):
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)
