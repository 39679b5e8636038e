"""What is compared: the conversation as users have it, and what it must beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rag.article.models import Kind
from rag.case.facts_file import read_facts
from rag.case.models import Case
from rag.chain import ask
from rag.conversation import Desk, reply
from rag.followup.models import CaseFile, Message, Selection, Turn, TurnKind
from rag.options import AskOptions


class Conversation(Protocol):
    """Answers a message after some turns, as ``rag.conversation.reply`` does."""

    @property
    def name(self) -> str: ...

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn: ...


@dataclass(frozen=True)
class Core:
    """The conversation itself. Remembers how threads begin, for a baseline asks that again."""

    desk: Desk
    name: str = "conversation"
    _openings: dict[str, Turn] = field(default_factory=dict)

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn:
        if before:
            return reply(message, before, desk=self.desk)
        key = message.model_dump_json()
        if key not in self._openings:
            self._openings[key] = reply(message, (), desk=self.desk)
        return self._openings[key]


@dataclass(frozen=True)
class Alone:
    """Each message as a fresh question of its own. It takes over what the pickers say, and nothing else."""

    desk: Desk
    name: str = "each turn alone"

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn:
        chosen = message.selection or _standing(before)
        given = read_facts(message.facts, self.desk.knowledge.vocabulary) if message.facts else None
        options = AskOptions(**chosen.model_dump(), facts=given)
        text = " ".join(part for part in (message.text, message.note) if part)
        answer = ask(text, options=options, knowledge=self.desk.knowledge, searcher=self.desk.searcher)
        case = Case(facts=answer.case.facts, text=answer.case.text)
        return Turn(
            said=text,
            kind=TurnKind.REFUSAL if answer.kind is Kind.REFUSAL else TurnKind.QUESTION,
            reply="",
            answer=answer,
            case_file=CaseFile(question=text, case=case, selection=chosen),
        )


@dataclass(frozen=True)
class Repeating:
    """The null baseline: the first article again, whatever is said."""

    first: Conversation
    name: str = "first article again"

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn:
        if before:
            return before[0].model_copy(update={"facts": (), "statuses": ()})
        return self.first.answer(message, before)


def _standing(before: Sequence[Turn]) -> Selection:
    """What the last turn that had a case left in the pickers."""
    return next(turn.case_file.selection for turn in reversed(before) if turn.case_file)
