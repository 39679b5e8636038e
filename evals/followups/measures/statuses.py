"""Does each policy named in the script have the status it must have?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evals.followups.anew import decide_anew
from evals.followups.check import Check, missing
from evals.followups.play import Played
from rag.criteria.determination import Status
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge


def statuses(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement a policy: as the article says, or, for a turn that shows no determination, as the record stands."""
    found = _found(played.turn, knowledge) if played.turn and played.script.statuses else {}
    for policy, allowed in played.script.statuses.items():
        expected = f"{policy}: {' or '.join(status or 'not decided' for status in allowed)}"
        if played.turn is None:
            yield missing(expected, played)
        else:
            status = found.get(policy)
            yield Check(status in allowed, expected, f"{policy}: {status or 'not decided'}")


def _found(turn: Turn, knowledge: Knowledge) -> Mapping[str, Status]:
    shown = {one.policy_id: one.status for one in turn.answer.determinations} if turn.answer else {}
    if shown or turn.hypothetical or turn.case_file is None:
        return shown
    return {policy: one.status for policy, one in decide_anew(turn.case_file, knowledge).items()}
