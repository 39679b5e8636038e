"""A store filled with the vectors of passages: taken over from other stores, else embedded."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.encoder import Encoder
from ingest.passages import Passage
from ingest.progress import Progress
from ingest.store import StoreError, VectorStore

EMBEDDING_BATCH = 32


@dataclass(frozen=True)
class Filling:
    """`earlier` holds vectors of the same model; whoever is killed in between loses nothing but the batch at hand."""

    encoder: Encoder
    progress: Progress
    earlier: Sequence[VectorStore]

    def fill(self, store: VectorStore, passages: Sequence[Passage]) -> None:
        """Bring `store` in step with `passages`. Raises StoreError when it, or one of `earlier`, cannot be used."""
        wanted = {passage.id: passage for passage in passages}
        stored = store.ids()
        store.delete(sorted(stored - wanted.keys()))
        missing = {key: wanted[key] for key in wanted if key not in stored}
        for source in self.earlier:
            _take_over(source, store, missing)
        self._embed(store, sorted(missing.values(), key=lambda passage: (len(passage.text), passage.id)))
        if store.count() != len(wanted):
            raise StoreError("the store does not hold what was written to it")

    def _embed(self, store: VectorStore, passages: Sequence[Passage]) -> None:
        for start in range(0, len(passages), EMBEDDING_BATCH):
            self.progress(start, len(passages), "embedding passages")
            batch = passages[start : start + EMBEDDING_BATCH]
            vectors = self.encoder.encode([passage.embedded_text for passage in batch])
            store.add([passage.id for passage in batch], vectors)
        if passages:
            self.progress(len(passages), len(passages), "embedding passages")


def _take_over(source: VectorStore, store: VectorStore, missing: dict[str, Passage]) -> None:
    found = source.vectors(sorted(missing)) if missing else {}
    if found:
        store.add(list(found), np.stack(list(found.values())))
    for key in found:
        del missing[key]
