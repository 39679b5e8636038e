"""A model that is a queue of replies."""

from __future__ import annotations

from collections.abc import Callable

from rag.model.errors import ModelFailure
from rag.model.exchange import Limits, Prompt, Reply

Says = str | ModelFailure | Callable[[Prompt], str]


class QueueModel:
    """Says each in turn, the last for ever. ``prompts`` are those it heard, ``limits`` what each call allowed."""

    def __init__(self, *says: Says, name: str = "queue:model", local: bool = False) -> None:
        self.name = name
        self.local = local
        self.prompts: list[Prompt] = []
        self.limits: list[Limits] = []
        self._says = list(says)

    def reply(self, prompt: Prompt, limits: Limits) -> Reply:
        self.prompts.append(prompt)
        self.limits.append(limits)
        said = self._says.pop(0) if len(self._says) > 1 else self._says[0]
        if isinstance(said, ModelFailure):
            raise said
        text = said(prompt) if callable(said) else said
        return Reply(text=text, input_tokens=100, output_tokens=10, seconds=1.0)
