"""A thread played through: every message sent with the turns before it, and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evals.followups.conversations import Conversation
from evals.followups.exchange import Exchange
from evals.followups.label import Label
from evals.followups.script import ScriptedTurn, Thread
from evals.frame.metric import Item
from rag.case.facts_file import FactsError
from rag.errors import UserError
from rag.followup.models import Message, Selection, Turn


@dataclass(frozen=True)
class Playing:
    """A conversation as a method of the frame: a thread is played whole when the first of its turns is asked for."""

    conversation: Conversation
    _played: dict[str, tuple[Exchange, ...]] = field(default_factory=dict)

    def __call__(self, item: Item[Label]) -> Exchange:
        thread = item.label.thread
        if thread.name not in self._played:
            self._played[thread.name] = tuple(play(thread, self.conversation))
        return self._played[thread.name][item.label.number - 1]


def play(thread: Thread, conversation: Conversation) -> Iterator[Exchange]:
    """One exchange a turn. A turn that fails leaves the thread as it was, and the script goes on."""
    turns: list[Turn] = []
    for script in thread.turns:
        exchange = _sent(_message(script, thread, turns), turns, conversation)
        yield exchange
        if exchange.turn is not None:
            turns.append(exchange.turn)


def _sent(message: Message, turns: list[Turn], conversation: Conversation) -> Exchange:
    before = turns[-1].case_file if turns else None
    try:
        return Exchange(before, conversation.answer(message, tuple(turns)))
    except (UserError, FactsError) as error:
        return Exchange(before, None, str(error), told=True)
    except Exception as error:  # a crash is a failure to be counted, not the end of the measurement
        return Exchange(before, None, f"{type(error).__name__}: {error}")


def _message(script: ScriptedTurn, thread: Thread, turns: list[Turn]) -> Message:
    """The pickers speak where they are set, and where no case holds what they said before."""
    last = turns[-1].case_file if turns else None
    shown = last.selection if last else Selection(on=thread.on)
    picked = script.pick.model_dump(exclude_unset=True) if script.pick else {}
    said = shown.model_copy(update=picked) if picked or last is None else None
    return Message(text=script.say, note=script.note, facts=script.fill, selection=said)
