"""The shape of everything that accepts or rejects claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.citations.pair import Pair


@dataclass(frozen=True)
class Call:
    """A method's decision on one pair. ``found``: what it holds against the claim, in words."""

    accepted: bool
    score: float
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class Calls:
    """``threshold``: what was calibrated for them, where anything was."""

    calls: tuple[Call, ...]
    threshold: float | None = None


class NotCalibrated(Exception):
    """The pairs to calibrate on leave the threshold open; the message says why."""


class Method(Protocol):
    @property
    def name(self) -> str: ...

    def judge(self, pairs: Sequence[Pair], *, calibrate: Sequence[Pair]) -> Calls:
        """A call per pair, in order. What is adjusted is adjusted on ``calibrate`` alone. Raises NotCalibrated."""
