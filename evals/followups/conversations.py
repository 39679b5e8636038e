"""What is compared: the conversation as users have it, and what it must beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rag.article.models import Kind
from rag.case.facts_file import read_facts
from rag.case.models import Case, Fact, Support
from rag.chain import ask
from rag.conversation import Desk, reply
from rag.followup.models import CaseFile, Message, Selection, Turn, TurnKind
from rag.options import AskOptions


class Conversation(Protocol):
    """Answers a message after some turns, as ``rag.conversation.reply`` does."""

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn: ...


@dataclass(frozen=True)
class Core:
    """The conversation itself. Remembers how threads begin, for baselines ask that again."""

    desk: Desk
    _openings: dict[str, Turn] = field(default_factory=dict)

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn:
        if before:
            return reply(message, before, desk=self.desk)
        key = message.model_dump_json()
        if key not in self._openings:
            self._openings[key] = reply(message, (), desk=self.desk)
        return self._openings[key]


@dataclass(frozen=True)
class Repeating:
    """The null baseline: the first article again, whatever is said."""

    first: Conversation

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn:
        if before:
            return before[0].model_copy(update={"facts": (), "statuses": ()})
        return self.first.answer(message, before)


@dataclass(frozen=True)
class Alone:
    """Each message as a fresh question of its own. It takes over what the pickers say, and nothing else."""

    desk: Desk

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn:
        given = read_facts(message.facts, self.desk.knowledge.vocabulary) if message.facts else None
        return _asked(_words(message), given, message.selection or _standing(before), self.desk)


@dataclass(frozen=True)
class Joined:
    """All that was said so far in one text, and all that was filled in: asked afresh at every turn."""

    desk: Desk

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn:
        last = next((turn.case_file for turn in reversed(before) if turn.case_file), None)
        new = read_facts(message.facts or {}, self.desk.knowledge.vocabulary).facts
        filled = {fact.id for fact in new}
        old = [one for one in _filled_in(last) if one.id not in filled]
        text = "\n".join(part for part in (last.question if last else "", _words(message)) if part)
        given = Case(facts=(*old, *new)) if old or new else None
        return _asked(text, given, message.selection or _standing(before), self.desk)


def _asked(text: str, given: Case | None, chosen: Selection, desk: Desk) -> Turn:
    options = AskOptions(**chosen.model_dump(), facts=given)
    answer = ask(text, options=options, knowledge=desk.knowledge, searcher=desk.searcher)
    case = Case(facts=answer.case.facts, text=answer.case.text)
    return Turn(
        said=text,
        kind=TurnKind.REFUSAL if answer.kind is Kind.REFUSAL else TurnKind.QUESTION,
        reply="",
        answer=answer,
        case_file=CaseFile(question=text, case=case, selection=chosen),
    )


def _filled_in(file: CaseFile | None) -> list[Fact]:
    """What earlier forms said, without what was derived from it."""
    facts = file.case.facts if file else ()
    return [fact for fact in facts if fact.source == "facts" and fact.support is Support.STRUCTURED]


def _words(message: Message) -> str:
    return " ".join(part for part in (message.text, message.note) if part)


def _standing(before: Sequence[Turn]) -> Selection:
    """What the last turn that had a case left in the pickers."""
    return next(turn.case_file.selection for turn in reversed(before) if turn.case_file)
