"""A real model's recorded replies, given again to the same question and section, whatever the passages say today."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from rag.article.prose.reply import read_reply
from rag.model.errors import ModelFailure
from rag.model.exchange import Limits, Prompt, Reply
from rag.model.recording import Exchange, read_exchanges

FILE = Path(__file__).parent / "recorded" / "exchanges.jsonl"
_PLACE = re.compile(r"Section: (?P<section>.+)\n<question>(?P<question>.*)</question>")


class RecordedModel:
    """Replies by question, section and try. ``said``: every sentence it proposed so far."""

    local = True

    def __init__(self) -> None:
        self._replies: dict[tuple[str, str, bool], list[Exchange]] = defaultdict(list)
        for exchange in read_exchanges(FILE):
            self._replies[_place(exchange.prompt)].append(exchange)
            self.name = exchange.model
        self.said: set[str] = set()

    def reply(self, prompt: Prompt, limits: Limits) -> Reply:
        recorded = self._replies[_place(prompt)]
        if not recorded or recorded[0].reply is None:
            raise ModelFailure("nothing was recorded for this section")
        self.said |= {claim.text for claim in read_reply(recorded[0].reply.text) or ()}
        return recorded[0].reply


def _place(prompt: Prompt) -> tuple[str, str, bool]:
    """Question, section, and whether it is the second try."""
    found = _PLACE.match(prompt.messages[1].text)
    assert found is not None, prompt.messages[1].text[:200]
    return found["question"], found["section"], len(prompt.messages) > 2
