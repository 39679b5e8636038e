"""A claim beside a passage, and what people say about the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Half = Literal["calibrate", "report"]


@dataclass(frozen=True)
class Pair:
    """``supported``: the passage alone bears the claim out. ``contradicted``: it says otherwise.

    ``half``: thresholds and rules are set on ``calibrate``; figures are reported on ``report``. ``source``: what the
    passage is from; ``document-id#anchor`` where it is a section of the corpus.
    """

    id: str
    claim: str
    passage: str
    supported: bool
    kind: str
    half: Half
    source: str | None = None
    contradicted: bool = False


@dataclass(frozen=True)
class Unplaced:
    """A pair before its half is known. ``documents``: ids of all that its passage was taken from, at least one."""

    id: str
    claim: str
    passage: str
    supported: bool
    kind: str
    documents: tuple[str, ...]
    contradicted: bool = False

    def placed(self, half: Half) -> Pair:
        source = " ".join(self.documents)
        return Pair(
            self.id, self.claim, self.passage, self.supported, self.kind, half, source, contradicted=self.contradicted
        )
