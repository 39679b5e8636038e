"""Which half a pair belongs to: a stable hash of its documents, so that no document is in both halves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from evals.citations.pair import Half, Pair, Unplaced


def place(pairs: Sequence[Unplaced]) -> tuple[Pair, ...]:
    """Every pair with its half, in the order given.

    Pairs that share a document, directly or through others, share a half. A pair that occurs twice counts once; one
    that people judged both ways counts not at all.
    """
    group = _groups(pair.documents for pair in pairs)
    return tuple(pair.placed(half_of(group[pair.documents[0]])) for pair in _distinct(pairs))


def half_of(name: str) -> Half:
    """By the first byte of the name's SHA-256: even is ``calibrate``, odd ``report``."""
    return "report" if hashlib.sha256(name.encode()).digest()[0] % 2 else "calibrate"


def _groups(linked: Iterable[Sequence[str]]) -> dict[str, str]:
    """For each document the first, by name, of those it is linked with."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for names in linked:
        for name in names:
            low, high = sorted((root(names[0]), root(name)))
            parent[high] = low
    return {name: root(name) for name in list(parent)}


def _distinct(pairs: Sequence[Unplaced]) -> list[Unplaced]:
    judged: dict[tuple[str, str], set[bool]] = {}
    first: dict[tuple[str, str], Unplaced] = {}
    for pair in pairs:
        words = (pair.claim, pair.passage)
        judged.setdefault(words, set()).add(pair.supported)
        first.setdefault(words, pair)
    return [pair for words, pair in first.items() if len(judged[words]) == 1]
