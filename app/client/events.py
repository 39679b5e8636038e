"""What a stream of the server says, as models."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
from pydantic import TypeAdapter

from app.api.models.threads import NumberedTurn
from app.client.transport import EVENTS, events_of
from rag.article.models import Answer
from rag.events import SectionDone

_SECTION = TypeAdapter(SectionDone)


def answer_events(response: httpx.Response) -> Iterator[SectionDone | Answer]:
    """Those of an answer. Events of a kind that is not known yet are passed over."""
    for event in turn_events(response):
        if not isinstance(event, NumberedTurn):
            yield event


def turn_events(response: httpx.Response) -> Iterator[SectionDone | Answer | NumberedTurn]:
    """Those of a message; the turn alone where the server had it already, for then it does not stream."""
    if EVENTS not in response.headers.get("Content-Type", ""):
        yield NumberedTurn.model_validate_json(response.read())
        return
    for event in events_of(response):
        match event.event:
            case "section":
                yield _SECTION.validate_json(event.data)
            case "answer":
                yield Answer.model_validate_json(event.data)
            case "turn":
                yield NumberedTurn.model_validate_json(event.data)
