"""Is a value that cannot be used refused with words the user can act on?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check
from evals.followups.play import Played
from rag.knowledge.library import Knowledge


def bad_values(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement for each turn that must fail: an error for the user, not a crash and not an answer."""
    if not played.script.fails:
        return
    found = played.error if played.turn is None else f"taken for {played.turn.kind}"
    yield Check(played.told and bool(played.error), "an error that says what to do", found)
