"""A part of the items that is always the same part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def sample(things: Sequence[Thing], limit: int | None, *, id_of: Callable[[Thing], str], seed: int = 0) -> list[Thing]:
    """At most ``limit`` of them, in their order: those whose ids have the smallest hashes under ``seed``."""
    if limit is None or len(things) <= limit:
        return list(things)
    chosen = set(sorted((id_of(one) for one in things), key=lambda name: _hash(name, seed))[:limit])
    return [one for one in things if id_of(one) in chosen]


def _hash(name: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}/{name}".encode()).digest()
