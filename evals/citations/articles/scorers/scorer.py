"""The shape of everything that judges a sentence beside the sections it cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Asked:
    """``sources``: ``document-id#anchor`` of sections that are there, at least one; they support it together."""

    sentence: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Opinion:
    """``readable``: False where a model's reply could not be read, or there was none: that counts as no support."""

    supported: bool
    reason: str = ""
    readable: bool = True


class Scorer(Protocol):
    """``most``: sentences of one article it is asked about at most; None is all."""

    @property
    def name(self) -> str: ...

    @property
    def most(self) -> int | None: ...

    def judge(self, asked: Sequence[Asked]) -> list[Opinion]:
        """One for each, in order. A question it breaks on is not supported."""
