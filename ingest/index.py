"""The index of a corpus: passages, and their vectors in Chroma, kept in step with the corpus's files."""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ingest.cache import cache_home
from ingest.documents import Document, corpus_root
from ingest.encoder import Encoder, OnnxEncoder, Vectors
from ingest.holding import Hold
from ingest.manifest import FILE_NAME, Manifest
from ingest.passages import Passage
from ingest.progress import Progress, silent
from ingest.store import StoreError, VectorStore
from ingest.sync import Notice, Sync

T = TypeVar("T")


class Index:
    """Passages and their nearest neighbours; they stay as they are while others sync. May be read by threads.

    A store found damaged is built anew, with a notice.
    """

    def __init__(self, manifest: Manifest, sync: Sync, hold: Hold) -> None:
        self.encoder: Encoder = sync.encoder
        self._sync = sync
        self._mending = threading.Lock()
        self._take(manifest, hold)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self._manifest.passages

    @property
    def corpus_hash(self) -> str:
        return self._manifest.corpus_hash

    @property
    def index_hash(self) -> str:
        return self._manifest.index_hash

    @property
    def model_key(self) -> str:
        return self._manifest.model_key

    @cached_property
    def by_id(self) -> Mapping[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    def nearest(self, vector: Vectors, *, n: int, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """Passage ids with cosine similarity, best first. `among` restricts to these ids; None is all."""
        return self._read(lambda store: store.nearest(vector, n=n, among=among))

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Stored unit vectors by passage id."""
        return self._read(lambda store: store.vectors(ids))

    @property
    def is_present(self) -> bool:
        """False once the corpus's index on disk is another one, or is there no more."""
        present = self._sync.present()
        return present is not None and present.store == self._manifest.store and present.index_hash == self.index_hash

    def _take(self, manifest: Manifest, hold: Hold) -> None:
        self._manifest, self._hold = manifest, hold
        self._store = VectorStore(self._sync.directory / manifest.store)
        self._counted: VectorStore | None = None

    def _read(self, read: Callable[[VectorStore], T]) -> T:
        store = self._store
        try:
            self._count_once(store)
            return read(store)
        except StoreError:
            return read(self._mended(store))

    def _mended(self, failed: VectorStore) -> VectorStore:
        with self._mending:
            if self._store is failed:  # else another thread has done it
                self._take(*self._sync.mend(self._manifest))
            return self._store

    def _count_once(self, store: VectorStore) -> None:
        if self._counted is not store and store.count() != len(self.passages):
            raise StoreError("the store does not hold as many vectors as the manifest says")
        self._counted = store


def open_index(
    corpus: Path | None = None,
    *,
    encoder: Encoder | None = None,
    directory: Path | None = None,
    documents: Mapping[str, Document] | None = None,
    progress: Progress = silent,
    notice: Notice = lambda message: None,
    seed: Path | None = None,
) -> Index:
    """The index of `corpus` (default: the one that comes along), brought up to date if it is not.

    Touches neither Chroma nor the encoder when nothing changed. `documents` spares loading them when the
    caller has them; `seed` is another corpus, whose index spares embedding what both have.
    Raises CorpusErrors, ModelError, CacheError, IndexBusyError.
    """
    root = corpus or corpus_root()
    encoder = encoder or OnnxEncoder(progress=progress)
    sync = Sync(
        corpus=root,
        encoder=encoder,
        directory=directory or index_directory(root, model_key=encoder.key),
        documents=documents,
        progress=progress,
        notice=notice,
        seed=index_directory(seed, model_key=encoder.key) if seed else None,
    )
    return _held(sync)


def index_directory(corpus: Path, *, model_key: str) -> Path:
    """Where the index of this corpus and model lives: one folder each, so that two corpora never mix."""
    name = hashlib.sha256(f"{corpus.resolve()}\0{model_key}".encode()).hexdigest()[:16]
    return cache_home() / "index" / name


def _held(sync: Sync) -> Index:
    """The index with its store held. A sync writes its manifest before it looks for readers of other stores.

    So a manifest that is the same before and after taking hold names a store that stays.
    """
    while True:
        mark = manifest_mark(sync.directory)
        manifest = sync.current() or sync.run()
        hold = Hold(sync.directory, manifest.store)
        if manifest_mark(sync.directory) == mark:
            return Index(manifest, sync, hold)
        hold.release()


def manifest_mark(directory: Path) -> tuple[int, int, int] | None:
    """Tells one manifest from another without reading it; None where there is none."""
    try:
        found = (directory / FILE_NAME).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
