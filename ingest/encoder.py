"""Text to unit vectors with ONNX Runtime: the default model without torch in the process."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelError
from ingest.model_files import WEIGHTS_SHA256, Pooling, model_folder, read_pooling
from ingest.onnx_export import EXPORTER_VERSION
from ingest.onnx_file import ensure_onnx
from ingest.passages import MAX_PIECES
from ingest.progress import Progress, silent

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

BATCH = 16


class Encoder(Protocol):
    """Anything that turns texts into unit vectors of one dimension."""

    @property
    def key(self) -> str:
        """Names weights and procedure: two encoders with one key give the same vectors."""

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension), in the order of `texts`."""

    def count_pieces(self, text: str) -> int:
        """Word pieces of `text`, the special ones not counted."""


class OnnxEncoder:
    """all-MiniLM-L6-v2. Nothing is loaded before the first text; the first run ever exports the model."""

    key = f"all-minilm-l6-v2/{WEIGHTS_SHA256[:12]}/export{EXPORTER_VERSION}"

    def __init__(self, *, progress: Progress = silent) -> None:
        self._progress = progress

    @property
    def dimension(self) -> int:
        return self._pooling.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Texts of like length share a batch, so that little padding is computed.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._encode_batch([texts[index] for index in batch])
        return vectors

    def count_pieces(self, text: str) -> int:
        return len(self._counter.encode(text, add_special_tokens=False).ids)

    def _encode_batch(self, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        inputs = {
            "input_ids": np.array([encoding.ids for encoding in encodings], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        (tokens,) = self._session.run(None, inputs)
        weights = mask[:, :, None].astype(np.float32)
        means = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        if self._pooling.normalize:
            means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
        return np.asarray(means, dtype=np.float32)

    @cached_property
    def _folder(self) -> Path:
        return model_folder()

    @cached_property
    def _pooling(self) -> Pooling:
        return read_pooling(self._folder)

    @cached_property
    def _counter(self) -> "Tokenizer":
        return _load_tokenizer(self._folder)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        tokenizer = _load_tokenizer(self._folder)
        tokenizer.enable_truncation(max_length=MAX_PIECES)
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        file = ensure_onnx(self._folder, progress=self._progress)
        try:
            return _open_session(file)
        except Exception:
            # The cache is disposable: a damaged file is made anew, once.
            file.unlink(missing_ok=True)
            return _open_session(ensure_onnx(self._folder, progress=self._progress))


def _load_tokenizer(folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:
        raise ModelError(f"The tokenizer in {folder} cannot be read ({error}). Reinstall the package.") from None
    # The shipped file pads to a fixed length; padding and cutting are set by whoever encodes.
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _open_session(file: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
