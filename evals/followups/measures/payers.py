"""Are the policies of the right payers decided, and no others?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.anew import decide_anew
from evals.followups.check import Check, missing
from evals.followups.play import Played
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge


def payers(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement for each turn whose script names payers."""
    wanted = set(played.script.payers)
    if not wanted:
        return
    expected = f"payers: {', '.join(sorted(wanted))}"
    if played.turn is None:
        yield missing(expected, played)
        return
    found = _found(played.turn, knowledge)
    yield Check(found == wanted, expected, f"payers: {', '.join(sorted(found)) or 'none'}")


def _found(turn: Turn, knowledge: Knowledge) -> set[str]:
    decided = list(turn.answer.determinations) if turn.answer else []
    if not decided and turn.case_file:
        decided = list(decide_anew(turn.case_file, knowledge).values())
    return {knowledge.policies[one.policy_id].payer for one in decided}
