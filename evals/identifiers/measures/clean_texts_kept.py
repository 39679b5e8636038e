"""Is a text in which nothing identifies anyone left as it was?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.identifiers.removal import Label, Removal


def _judge(label: Label, removal: Removal) -> Iterator[Check]:
    """One judgement for each text without an identifier: they are hard, full of what looks like one."""
    if label.span is None and not label.note.spans:
        found = "".join(removal.text[at] for at in sorted(removal.gone))
        yield Check(not removal.gone, "nothing removed", f"removed: {found or 'nothing'}")


CLEAN_TEXTS_KEPT = Metric(
    "clean-texts-kept", "texts without identifiers that are unchanged", _judge, of="texts without identifiers"
)
