"""A conversation that was opened with the example question."""

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from evals.prose.questions import EXAMPLE
from rag.conversation import Desk, reply
from rag.followup.models import CaseFile, Message, Selection, Turn, TurnKind
from rag.followup.opening import opened
from rag.knowledge.library import Knowledge
from rag.retrieval.searcher import Searcher

SELECTION = Selection(on=date(2026, 11, 22))

Talk = Callable[..., list[Turn]]


@pytest.fixture(scope="session")
def file(knowledge: Knowledge) -> CaseFile:
    return opened(EXAMPLE, "", SELECTION, knowledge)


@pytest.fixture(scope="session")
def opening(file: CaseFile) -> Turn:
    return Turn(said=EXAMPLE, kind=TurnKind.QUESTION, reply="", case_file=file)


@pytest.fixture(scope="session")
def desk(knowledge: Knowledge, searcher: Searcher) -> Desk:
    return Desk(knowledge, searcher)


@pytest.fixture(scope="session")
def talk(desk: Desk) -> Talk:
    """Says one message after another, from the example on (or from ``first``); returns all turns."""

    @cache
    def begun(first: str) -> Turn:
        return reply(Message(text=first, selection=SELECTION), [], desk=desk)

    def said(*messages: str | Message, first: str = EXAMPLE) -> list[Turn]:
        turns = [begun(first)]
        for message in messages:
            given = Message(text=message) if isinstance(message, str) else message
            turns.append(reply(given, turns, desk=desk))
        return turns

    return said
