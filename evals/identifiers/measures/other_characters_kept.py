"""How much of a text is left beside its identifiers, where a removal takes too much of a word as well."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.identifiers.removal import Label, Removal, other_places


def _judge(label: Label, removal: Removal) -> Iterator[Check]:
    """One judgement a text: the share that stays of the letters and digits that identify nobody."""
    places = other_places(label.note) if label.span is None else []
    if places:
        lost = sum(at in removal.gone for at in places)
        yield Check(1 - lost / len(places), f"all {len(places)} letters and digits", f"{lost} of them removed")


OTHER_CHARACTERS_KEPT = Metric(
    "other-characters-kept", "share of a text's other letters and digits that stays, text by text", _judge, of="texts"
)
