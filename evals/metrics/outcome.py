"""What a method made of one pair, beside the truth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """``supported``: the truth. ``accepted`` and ``score`` are the method's; a higher score means more support."""

    supported: bool
    accepted: bool
    score: float
