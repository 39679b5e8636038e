"""Bring the index on disk in step with the corpus.

A store that a manifest names never changes: syncing fills a new one, takes over what an earlier one holds, embeds
only passages that are new, and writes the manifest last. Readers of the earlier store go on reading it; it is removed
once nobody does. Whoever kills a sync loses nothing but the batch at hand: the store then bears a manifest of its own
that says `complete: false`, and the next run carries on with it.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.cache import make_folder
from ingest.documents import Document, corpus_hash, load_documents
from ingest.encoder import Encoder
from ingest.errors import CacheError, IndexBusyError
from ingest.filling import Filling
from ingest.holding import Hold, held_stores
from ingest.manifest import FILE_NAME, FORMAT, Manifest, index_hash, read_manifest, write_manifest
from ingest.passages import Passage, passages_of
from ingest.progress import Progress
from ingest.store import StoreError, VectorStore

LOCK_TIMEOUT_SECONDS = 900

Notice = Callable[[str], None]


@dataclass(frozen=True)
class Sync:
    """One corpus, one model, one index folder; `notice` gets sentences for the user.

    `seed` is the index folder of another corpus, from which vectors of passages that both have are taken.
    """

    corpus: Path
    encoder: Encoder
    directory: Path
    documents: Mapping[str, Document] | None
    progress: Progress
    notice: Notice
    seed: Path | None = None

    def current(self) -> Manifest | None:
        """The manifest on disk if nothing is to be done. Reads the corpus's bytes, not Chroma."""
        present = self.present()
        return present if present and present.corpus_hash == corpus_hash(self.corpus) else None

    def present(self) -> Manifest | None:
        """The manifest on disk, of whatever state of the corpus, if it is complete and its store is there."""
        found = read_manifest(self.directory)
        return found if found and found.complete and self._serves(found, self.directory / found.store) else None

    def run(self, *, anew: bool = False) -> Manifest:
        """Make it current; `anew` distrusts the vectors stored. Raises what `open_index` raises."""
        make_folder(self.directory)
        with _exclusive(self.directory, self.notice):
            present, found_hash = self.present(), corpus_hash(self.corpus)
            if present and present.corpus_hash == found_hash and not anew:
                return present  # whoever held the lock before has done it
            found_hash, passages = self._read_corpus(found_hash)
            store = self._store_of(passages, None if anew else present, anew=anew)
            finished = self._finished(passages, store=store, corpus_hash=found_hash)
            self._publish(finished)
            return finished

    def mend(self, manifest: Manifest) -> tuple[Manifest, Hold]:
        """The same passages with a store that can be read, after that of `manifest` could not.

        The corpus is not looked at: whoever reads an index goes on with what it holds.
        """
        make_folder(self.directory)
        with _exclusive(self.directory, self.notice):
            present = self.present()
            if present and present.store != manifest.store and present.index_hash == manifest.index_hash:
                return present, Hold(self.directory, present.store)  # somebody else has mended it
            self.notice(f"The index in {self.directory} is damaged; building it anew.")
            store = self._store_of(manifest.passages, None, anew=True)
            mended = manifest.model_copy(update={"store": store})
            held = Hold(self.directory, store)
            if present is None or present.store == manifest.store:
                self._publish(mended)
            else:
                self._forget_started(store)
            return mended, held

    def _serves(self, manifest: Manifest, store: Path) -> bool:
        return manifest.serves(model_key=self.encoder.key) and store.is_dir()

    def _read_corpus(self, found_hash: str) -> tuple[str, tuple[Passage, ...]]:
        """Passages, and the hash of the very files they were cut from: a corpus may be edited while it is read."""
        documents = self.documents
        while documents is None:
            documents = load_documents(self.corpus)
            if (now := corpus_hash(self.corpus)) != found_hash:
                documents, found_hash = None, now
        return found_hash, tuple(passages_of(documents, count_pieces=self.encoder.count_pieces))

    def _store_of(self, passages: Sequence[Passage], present: Manifest | None, *, anew: bool) -> str:
        """The name of a store of these passages: the present one where only what is said about them has changed."""
        if present and {passage.id for passage in present.passages} == {passage.id for passage in passages}:
            return present.store
        started = None if anew else self._started(present)
        name = started or self._start()
        try:
            self._fill(name, passages, present, anew=anew)
        except StoreError as error:
            if not started and not present:
                raise CacheError(
                    f"The index in {self.directory} cannot be built ({error}). Delete that folder, then try again."
                ) from None
            self.notice(f"The index in {self.directory} is damaged; building it anew.")
            return self._store_of(passages, None, anew=True)
        return name

    def _fill(self, name: str, passages: Sequence[Passage], present: Manifest | None, *, anew: bool) -> None:
        earlier = [VectorStore(self.directory / present.store)] if present else []
        with closing(VectorStore(self.directory / name, create=True)) as store, self._seeds(anew=anew) as seeds:
            Filling(self.encoder, self.progress, [*earlier, *seeds]).fill(store, passages)

    @contextmanager
    def _seeds(self, *, anew: bool) -> Iterator[list[VectorStore]]:
        """The store of `seed`, held while it is read; none where it is not to be had."""
        manifest = read_manifest(self.seed) if self.seed and not anew else None
        if self.seed is None or manifest is None:
            yield []
            return
        held, store = Hold(self.seed, manifest.store), self.seed / manifest.store
        try:
            yield [VectorStore(store)] if manifest.complete and self._serves(manifest, store) else []
        finally:
            held.release()

    def _started(self, present: Manifest | None) -> str | None:
        """A store that a sync before this one began and was killed over."""
        for file in sorted(self.directory.glob(f"store-*/{FILE_NAME}")):
            left = read_manifest(file.parent)
            if left and self._serves(left, file.parent) and not (present and file.parent.name == present.store):
                return file.parent.name
        return None

    def _start(self) -> str:
        name = f"store-{secrets.token_hex(4)}"
        make_folder(self.directory / name)
        started = Manifest(
            format=FORMAT, complete=False, store=name, model_key=self.encoder.key, dimension=self.encoder.dimension
        )
        write_manifest(self.directory / name, started)
        return name

    def _finished(self, passages: tuple[Passage, ...], *, store: str, corpus_hash: str) -> Manifest:
        return Manifest(
            format=FORMAT,
            complete=True,
            store=store,
            model_key=self.encoder.key,
            dimension=self.encoder.dimension,
            corpus_hash=corpus_hash,
            index_hash=index_hash(passages, model_key=self.encoder.key),
            passages=passages,
        )

    def _publish(self, manifest: Manifest) -> None:
        """From here on readers open this one. Removed are those that nobody reads: see `ingest.index` for the order."""
        self._forget_started(manifest.store)
        write_manifest(self.directory, manifest)
        kept = held_stores(self.directory) | {manifest.store}
        for folder in self.directory.glob("store-*"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _forget_started(self, store: str) -> None:
        (self.directory / store / FILE_NAME).unlink(missing_ok=True)


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
