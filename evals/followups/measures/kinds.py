"""Is the message taken for what it is?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check, missing
from evals.followups.play import Played
from rag.knowledge.library import Knowledge


def kinds(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement a turn; a turn with values that cannot be used has no kind."""
    if played.script.fails:
        return
    expected = " or ".join(played.script.kind)
    if played.turn is None:
        yield missing(expected, played)
    else:
        yield Check(played.turn.kind in played.script.kind, expected, played.turn.kind)
