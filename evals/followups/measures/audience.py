"""Are the words those of the reader who asked?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check, missing
from evals.followups.play import Played
from rag.knowledge.library import Knowledge


def audience(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement for each turn whose script names a reader."""
    wanted = played.script.audience
    if wanted is None:
        return
    turn = played.turn
    if turn is None:
        yield missing(wanted, played)
        return
    found = turn.answer.audience if turn.answer else turn.case_file.selection.audience if turn.case_file else None
    yield Check(found is wanted, wanted, str(found))
