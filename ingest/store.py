"""The vectors in Chroma: one persistent collection of our own vectors, and nothing Chroma would compute."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.encoder import Vectors
from ingest.errors import CacheError

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
#: Wide enough that the approximate search is exact on a corpus of thousands of passages.
SEARCH_WIDTH = 256


class StoreError(CacheError):
    """The collection cannot be opened or read: the caller builds it anew."""


class VectorStore:
    """A folder with one collection. Opened on first use, for opening costs most of a second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: Collection | None = None

    def ids(self) -> set[str]:
        with _faults():
            return set(self._collection().get(include=[])["ids"])

    def count(self) -> int:
        with _faults():
            return int(self._collection().count())

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        with _faults():
            self._collection().upsert(ids=list(ids), embeddings=vectors)

    def delete(self, ids: Sequence[str]) -> None:
        if ids:
            with _faults():
                self._collection().delete(ids=list(ids))

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Stored vectors by id; ids not stored are absent."""
        with _faults():
            found: Any = self._collection().get(ids=list(ids), include=["embeddings"])
            return {key: np.asarray(vector) for key, vector in zip(found["ids"], found["embeddings"], strict=True)}

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

    def _collection(self) -> "Collection":
        if self._opened is None:
            self._opened = _open_collection(self.folder)
        return self._opened


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # Chroma's Rust core panics with an exception outside Exception
        raise StoreError(f"{type(error).__name__}: {error}") from error


def _open_collection(folder: Path) -> "Collection":
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return client.get_or_create_collection(
        COLLECTION,
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_WIDTH, "ef_construction": SEARCH_WIDTH}},
    )
