"""A thread played through: every message sent with the turns before it, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evals.followups.conversations import Conversation
from evals.followups.script import ScriptedTurn, Thread
from rag.case.facts_file import FactsError
from rag.criteria.determination import Status
from rag.errors import UserError
from rag.followup.models import CaseFile, Message, Selection, Turn


@dataclass(frozen=True)
class Played:
    """One scripted turn beside what came of it.

    ``before``: the case file as it stood. ``turn``: None where the conversation raised ``error``; a UserError or
    FactsError is ``told`` to the user, all else is a crash. ``may_be_met``: policies that may be called met now.
    """

    thread: str
    number: int
    script: ScriptedTurn
    before: CaseFile | None
    turn: Turn | None
    error: str = ""
    told: bool = False
    may_be_met: frozenset[str] = frozenset()


def play(thread: Thread, conversation: Conversation) -> Iterator[Played]:
    """A turn that fails leaves the thread as it was, and the script goes on."""
    turns: list[Turn] = []
    standing: frozenset[str] = frozenset()
    for number, script in enumerate(thread.turns, 1):
        before = turns[-1].case_file if turns else None
        turn, error, told = _sent(_message(script, thread, turns), turns, conversation)
        met = _met(script)
        if not script.supposing and (script.statuses or not script.keeps_facts):
            standing = met
        yield Played(
            thread=thread.name,
            number=number,
            script=script,
            before=before,
            turn=turn,
            error=error,
            told=told,
            may_be_met=_allowed(script, met, standing),
        )
        if turn is not None:
            turns.append(turn)


def _sent(message: Message, turns: list[Turn], conversation: Conversation) -> tuple[Turn | None, str, bool]:
    try:
        return conversation.answer(message, tuple(turns)), "", False
    except (UserError, FactsError) as error:
        return None, str(error), True
    except Exception as error:  # a crash is a failure to be counted, not the end of the measurement
        return None, f"{type(error).__name__}: {error}", False


def _message(script: ScriptedTurn, thread: Thread, turns: list[Turn]) -> Message:
    """The pickers speak where they are set, and where no case holds what they said before."""
    last = turns[-1].case_file if turns else None
    shown = last.selection if last else Selection(on=thread.on)
    picked = script.pick.model_dump(exclude_unset=True) if script.pick else {}
    said = shown.model_copy(update=picked) if picked or last is None else None
    return Message(text=script.say, note=script.note, facts=script.fill, selection=said)


def _allowed(script: ScriptedTurn, met: frozenset[str], standing: frozenset[str]) -> frozenset[str]:
    """What is out of scope is answered by no status at all, however the case before it stands."""
    if script.refused:
        return frozenset()
    return met if script.supposing else standing


def _met(script: ScriptedTurn) -> frozenset[str]:
    return frozenset(policy for policy, statuses in script.statuses.items() if Status.MET in statuses)
