"""Any sentence-transformers model by name: the reference for the fast encoder, and the way to others."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ingest.encoder import Vectors
from ingest.errors import ModelError


class SentenceTransformerEncoder:
    """`name` is a model's name or a folder. Costs seconds and hundreds of MB: it imports torch."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def key(self) -> str:
        return f"sentence-transformers/{self.name}"

    @property
    def dimension(self) -> int:
        return int(self._model.encode([""]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def count_pieces(self, text: str) -> int:
        return len(self._model.tokenizer(text, add_special_tokens=False)["input_ids"])

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(self.name, device=None)
        except Exception as error:
            first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(
                f"The embedding model {self.name} cannot be loaded ({first}). Name a folder that holds a "
                "sentence-transformers model, or one this machine can download; the default needs neither."
            ) from None
