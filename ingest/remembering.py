"""An encoder that remembers: a conversation asks for the same sentences again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from ingest.encoder import Encoder, Vectors

#: Texts remembered, the latest used first. One vector is 1.5 kB, so a full memory holds some 12 MB beside the texts.
REMEMBERED = 8_192


class RememberingEncoder:
    """Encodes a text once, as long as it is among the latest ``size``. May be shared by threads.

    Keeps texts in memory and nowhere else.
    """

    def __init__(self, encoder: Encoder, *, size: int = REMEMBERED) -> None:
        self._encoder = encoder
        self._size = size
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def key(self) -> str:
        return self._encoder.key

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def count_pieces(self, text: str) -> int:
        return self._encoder.count_pieces(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As ``Encoder.encode``."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= dict(zip(new, self._encoder.encode(new), strict=True))
        self._remember(found)
        return np.stack([found[text] for text in texts]) if texts else self._encoder.encode(texts)

    def _remember(self, found: dict[str, Vectors]) -> None:
        with self._lock:
            for text, vector in found.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > self._size:
                self._known.popitem(last=False)
