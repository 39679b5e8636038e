"""The vectors in Chroma: one persistent collection of our own vectors, and nothing Chroma would compute."""

import os
import threading
import weakref
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.encoder import Vectors
from ingest.errors import CacheError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
#: Wide enough that the approximate search is exact on a corpus of thousands of passages.
SEARCH_WIDTH = 256
#: Ids read or written at once: Chroma takes some thousands, and SQLite as many values in one statement.
SLICE = 1000

#: Chroma keeps what is open in tables that threads would corrupt.
_OPENING = threading.RLock()
_FORGOTTEN: "deque[ClientAPI]" = deque()


class StoreError(CacheError):
    """The collection cannot be opened or read: the caller builds it anew."""


class VectorStore:
    """A folder with one collection. Opened on first use, for opening costs most of a second. May be read by threads.

    ``create`` makes the folder and the collection; without it, a folder that holds none raises ``StoreError``.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        self._create = create
        self._opened: Collection | None = None
        self._closing: weakref.finalize[Any, VectorStore] | None = None

    def ids(self) -> set[str]:
        with _faults():
            return set(self._collection().get(include=[])["ids"])

    def count(self) -> int:
        with _faults():
            return int(self._collection().count())

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        with _faults():
            for start in range(0, len(ids), SLICE):
                part = slice(start, start + SLICE)
                self._collection().upsert(ids=list(ids[part]), embeddings=vectors[part])

    def delete(self, ids: Sequence[str]) -> None:
        if ids:
            with _faults():
                self._collection().delete(ids=list(ids))

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Stored vectors by id; ids not stored are absent."""
        with _faults():
            return {
                key: vector
                for start in range(0, len(ids), SLICE)
                for key, vector in self._vectors(ids[start : start + SLICE])
            }

    def nearest(self, vector: Vectors, *, n: int, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The `n` nearest ids with their cosine similarity (-1 to 1), best first; only `among` when given."""
        if n < 1 or (among is not None and not among):
            return []
        with _faults():
            found: Any = self._collection().query(
                query_embeddings=vector.reshape(1, -1),
                n_results=n,
                ids=None if among is None else list(among),
                include=["distances"],
            )
            pairs = zip(found["ids"][0], found["distances"][0], strict=True)
            return [(key, 1.0 - float(distance)) for key, distance in pairs]

    def close(self) -> None:
        """Give its files back; the next use opens it again. Nobody else may be using it."""
        self._opened = None
        if self._closing is not None:
            self._closing()
        close_forgotten()

    def _vectors(self, ids: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
        found: Any = self._collection().get(ids=list(ids), include=["embeddings"])
        for key, vector in zip(found["ids"], found["embeddings"], strict=True):
            yield key, np.asarray(vector)

    def _collection(self) -> "Collection":
        if self._opened is None:
            with _OPENING:
                close_forgotten()
                if self._opened is None:
                    self._opened = self._open()
        return self._opened

    def _open(self) -> "Collection":
        if not self._create and not (self.folder / "chroma.sqlite3").is_file():
            raise StoreError("the store is not there")
        client = _open_client(self.folder)
        # Not closed at once: a store may be forgotten in the middle of Chroma's own bookkeeping.
        self._closing = weakref.finalize(self, _FORGOTTEN.append, client)
        self._closing.atexit = False
        if not self._create:
            return client.get_collection(COLLECTION, embedding_function=None)
        return client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_WIDTH, "ef_construction": SEARCH_WIDTH}},
        )


def close_forgotten() -> None:
    """Close the stores that nobody has any more."""
    with _OPENING, suppress(IndexError):
        while True:
            _close(_FORGOTTEN.popleft())


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, StoreError):
        raise
    except BaseException as error:  # Chroma's Rust core panics with an exception outside Exception
        raise StoreError(f"{type(error).__name__}: {error}") from error


def _open_client(folder: Path) -> "ClientAPI":
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def _close(client: Any) -> None:
    with suppress(StoreError), _faults():
        client.close()
