"""The table: how many of 10,000 attacks are of which kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Final

from tests.app.api.hostile import addresses, bodies, documents, wire
from tests.app.api.hostile.attack import MARK, Attack, Ground

Make = Callable[[Random, Ground, str], Attack]
SEED: Final = 20261126
SHARES: Final[Mapping[Make, int]] = {
    wire.broken: 2_000,
    wire.unfinished: 200,
    wire.changed: 600,
    wire.huge_header: 200,
    wire.credential: 600,
    wire.media_type: 300,
    wire.too_large: 20,
    bodies.no_json: 1_900,
    bodies.other_shape: 1_200,
    bodies.hostile_text: 900,
    addresses.text_in_path: 900,
    addresses.text_in_query: 500,
    addresses.forged_cursor: 300,
    addresses.other_id: 200,
    documents.document: 40,
    documents.broken_form: 140,
}


def attacks(ground: Ground, *, part: float) -> Iterator[tuple[str, Attack]]:
    """Each with its mark; ``part`` of every kind, two at least. The same for every run, but for the ground's ids."""
    number = 0
    for make, share in SHARES.items():
        for place in range(max(2, round(share * part))):
            mark = MARK.format(number=number)
            number += 1
            yield mark, make(Random(f"{SEED}/{make.__qualname__}/{place}"), ground, mark)
