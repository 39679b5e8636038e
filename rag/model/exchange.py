"""What is said to a language model and what comes back, as data that can be written down."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

#: A token of English text is about four characters: used only where a server counts none.
CHARACTERS_PER_TOKEN = 4


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(_Frozen):
    """``role``: ``system``, ``user`` or ``assistant``."""

    role: str
    text: str


class Prompt(_Frozen):
    """Messages in order, and the JSON schema the reply has to follow."""

    messages: tuple[Message, ...]
    reply_schema: dict[str, Any]

    @property
    def estimated_tokens(self) -> int:
        return sum(len(message.text) for message in self.messages) // CHARACTERS_PER_TOKEN

    def key(self, model: str) -> str:
        """Names the exchange: the same model asked the same thing."""
        asked = json.dumps([model, self.model_dump(mode="json")], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(asked.encode()).hexdigest()


class Limits(_Frozen):
    """What one call may use. ``seconds`` counts from asking to the last word, retries included."""

    seconds: float
    reply_tokens: int


class Reply(_Frozen):
    """``seconds`` the call took; ``estimated``: the server counted no tokens, so their number is a guess."""

    text: str
    input_tokens: int
    output_tokens: int
    seconds: float
    estimated: bool = False


class LanguageModel(Protocol):
    """Anything that answers a prompt. ``local``: it runs on this machine, by its address."""

    @property
    def name(self) -> str: ...

    @property
    def local(self) -> bool: ...

    def reply(self, prompt: Prompt, limits: Limits) -> Reply:
        """Raises ``ModelFailure`` when nothing usable comes back within the limits."""
