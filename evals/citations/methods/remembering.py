"""An encoder that encodes each text once: claims and passages come back under several methods."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.encoder import Encoder, Vectors
from ingest.progress import Progress, silent

#: Texts between two reports of progress.
CHUNK = 256


class RememberingEncoder:
    """Vectors of ``encoder``; new texts are encoded together, in batches."""

    def __init__(self, encoder: Encoder, *, progress: Progress = silent) -> None:
        self._encoder = encoder
        self._progress = progress
        self._known: dict[str, Vectors] = {}

    @property
    def key(self) -> str:
        return self._encoder.key

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        self._learn([text for text in dict.fromkeys(texts) if text not in self._known])
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._known[text] for text in texts])

    def count_pieces(self, text: str) -> int:
        return self._encoder.count_pieces(text)

    def learn(self, texts: Sequence[str], *, what: str) -> None:
        """Encode ahead what is not known, with progress under the words ``what``."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        # Texts of like length in one chunk: little padding.
        new.sort(key=lambda text: (len(text), text))
        for start in range(0, len(new), CHUNK):
            self._progress(start, len(new), what)
            self._learn(new[start : start + CHUNK])
        if new:
            self._progress(len(new), len(new), what)

    def _learn(self, new: Sequence[str]) -> None:
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
