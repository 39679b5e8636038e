"""Is an identifier gone to the last letter and digit? Half a name is a name missed."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.identifiers.removal import Label, Removal


def removed_whole(label: Label, removal: Removal) -> Iterator[Check]:
    """One judgement for each identifier."""
    span = label.span
    if span is None:
        return
    given = removal.text[span.start : span.end]
    left = removal.left(range(span.start, span.end))
    yield Check(removal.covers(span), f"the {span.kind} {given!r} removed", f"left of it: {left}")


IDENTIFIERS_REMOVED = Metric(
    "identifiers-removed", "identifiers removed to the last letter and digit", removed_whole, of="identifiers"
)
