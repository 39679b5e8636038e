"""The index of a corpus: passages, and their vectors in Chroma, kept in step with the corpus's files."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ingest.cache import cache_home
from ingest.documents import Document, corpus_root
from ingest.encoder import Encoder, OnnxEncoder, Vectors
from ingest.manifest import Manifest
from ingest.passages import Passage
from ingest.progress import Progress, silent
from ingest.store import StoreError, VectorStore
from ingest.sync import Notice, Sync

T = TypeVar("T")


class Index:
    """Passages and their nearest neighbours. A store found damaged is built anew, with a notice."""

    def __init__(self, manifest: Manifest, sync: Sync) -> None:
        self.encoder: Encoder = sync.encoder
        self._sync = sync
        self._take(manifest)

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

    def _take(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._store = VectorStore(self._sync.directory / manifest.store)
        self._counted = False

    def _read(self, read: Callable[[VectorStore], T]) -> T:
        try:
            self._count_once()
            return read(self._store)
        except StoreError:
            manifest = self._sync.run()  # another process may have changed it under our hands
            if manifest == self._manifest:
                self._sync.notice(f"The index in {self._sync.directory} is damaged; building it anew.")
                manifest = self._sync.run(anew=True)
            self._take(manifest)
            self.__dict__.pop("by_id", None)
            return read(self._store)

    def _count_once(self) -> None:
        if not self._counted and self._store.count() != len(self.passages):
            raise StoreError("the store does not hold as many vectors as the manifest says")
        self._counted = True


def open_index(
    corpus: Path | None = None,
    *,
    encoder: Encoder | None = None,
    directory: Path | None = None,
    documents: Mapping[str, Document] | None = None,
    progress: Progress = silent,
    notice: Notice = lambda message: None,
) -> Index:
    """The index of `corpus` (default: the one that comes along), brought up to date if it is not.

    Touches neither Chroma nor the encoder when nothing changed. `documents` spares loading them when the
    caller has them. Raises CorpusErrors, ModelError, CacheError, IndexBusyError.
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
    )
    return Index(sync.current() or sync.run(), sync)


def index_directory(corpus: Path, *, model_key: str) -> Path:
    """Where the index of this corpus and model lives: one folder each, so that two corpora never mix."""
    name = hashlib.sha256(f"{corpus.resolve()}\0{model_key}".encode()).hexdigest()[:16]
    return cache_home() / "index" / name
