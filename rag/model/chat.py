"""A LangChain chat model behind the contract of ``exchange``: within limits, tolerant of what the server cannot do."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rag.model.deadline import TooSlow, within
from rag.model.errors import ModelFailure
from rag.model.exchange import CHARACTERS_PER_TOKEN, Limits, Prompt, Reply
from rag.model.faults import RefusedForm, is_refused_form, is_transient, words_for
from rag.model.opening import open_chat_model
from rag.model.quiet import quiet

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

#: Characters of a reply; a section has a few thousand. A server that never stops is cut off here.
LONGEST_REPLY = 40_000
#: Attempts at one call while the fault may pass by itself, and the longest wait between two, in seconds.
ATTEMPTS = 3
LONGEST_WAIT = 8.0
#: The longest silence within one reply, in seconds, whatever the call may take in all.
LONGEST_SILENCE = 60.0

_SCHEMA_NAME = "section"


@dataclass(frozen=True)
class Way:
    """One form of asking: what is bound to the model beside the messages, or its own structured output."""

    options: dict[str, Any]
    structured: bool = False


class ChatModel:
    """Any LangChain chat model. What a server was found to refuse is not tried on it again."""

    def __init__(self, name: str, model: BaseChatModel, *, local: bool = False) -> None:
        self.name = name
        self.local = local
        self._model = model
        self._refused = 0

    @classmethod
    def open(cls, name: str) -> ChatModel:
        """By ``provider:model``. Raises ``ModelSetupError``."""
        model, local = open_chat_model(name, read_seconds=LONGEST_SILENCE)
        return cls(name, model, local=local)

    def reply(self, prompt: Prompt, limits: Limits) -> Reply:
        """Forms of asking from the strictest to the barest, each retried while its fault may pass."""
        started = time.monotonic()
        ends = started + limits.seconds
        ways = _ways(self._model, prompt, limits)
        with quiet():
            while True:
                way = ways[min(self._refused, len(ways) - 1)]
                try:
                    text, usage = self._retried(prompt, way, ends)
                    break
                except Exception as error:
                    if not is_refused_form(error) or self._refused >= len(ways) - 1:
                        raise ModelFailure(words_for(error), seconds=_since(started)) from None
                    self._refused += 1
        return _reply(text, usage, prompt, _since(started))

    def _retried(self, prompt: Prompt, way: Way, ends: float) -> tuple[str, dict[str, int] | None]:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_before_delay
        from tenacity import wait_exponential_jitter as backing_off

        retrying = Retrying(
            retry=retry_if_exception(is_transient),
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(max(ends - time.monotonic(), 0)),
            wait=backing_off(multiplier=0.5, max=LONGEST_WAIT),
            reraise=True,
        )
        return retrying(self._once, prompt, way, ends)

    def _once(self, prompt: Prompt, way: Way, ends: float) -> tuple[str, dict[str, int] | None]:
        messages = _messages(prompt)
        left = ends - time.monotonic()
        if left <= 0:
            raise TooSlow
        if way.structured:
            return _collected(lambda: iter([_structured(self._model, prompt, messages)]), left)
        bound = self._model.bind(**way.options)
        return _collected(lambda: _chunks(bound.stream(messages)), left)


def _ways(model: BaseChatModel, prompt: Prompt, limits: Limits) -> Sequence[Way]:
    if not _speaks_openai(model):
        return (Way({}, structured=True), Way({}))
    asked = {"temperature": 0, "max_tokens": limits.reply_tokens, "stream_usage": True}
    schema = {"name": _SCHEMA_NAME, "strict": True, "schema": prompt.reply_schema}
    # As a plain field of the body: the client's own handling of it turns down replies that other servers give.
    formats = ({"type": "json_schema", "json_schema": schema}, {"type": "json_object"})
    constrained = [Way(asked | {"extra_body": {"response_format": form}}) for form in formats]
    return (*constrained, Way(asked), Way({"stream_usage": False}))


def _speaks_openai(model: BaseChatModel) -> bool:
    """Without importing the package: a model of it can only exist where it is imported."""
    package = sys.modules.get("langchain_openai.chat_models.base")
    return package is not None and isinstance(model, package.BaseChatOpenAI)


def _messages(prompt: Prompt) -> list[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds: dict[str, Callable[[str], BaseMessage]] = {
        "system": SystemMessage,
        "user": HumanMessage,
        "assistant": AIMessage,
    }
    return [kinds[message.role](message.text) for message in prompt.messages]


Piece = tuple[str, dict[str, int] | None]


def _chunks(stream: Iterator[Any]) -> Iterator[Piece]:
    for chunk in stream:
        yield chunk.text, _usage(chunk)


def _structured(model: BaseChatModel, prompt: Prompt, messages: list[BaseMessage]) -> Piece:
    """The provider's own structured output; where it could not be parsed, the text as it came."""
    try:
        asking = model.with_structured_output(prompt.reply_schema | {"title": _SCHEMA_NAME}, include_raw=True)
    except NotImplementedError as error:
        raise RefusedForm from error
    result = asking.invoke(messages)
    assert isinstance(result, dict)
    parsed, raw = result.get("parsed"), result["raw"]
    return (json.dumps(parsed) if isinstance(parsed, dict) else str(raw.text)), _usage(raw)


def _usage(message: AIMessageChunk) -> dict[str, int] | None:
    found = getattr(message, "usage_metadata", None)
    return {"input": found["input_tokens"], "output": found["output_tokens"]} if found else None


def _collected(start: Callable[[], Iterator[Piece]], seconds: float) -> Piece:
    """The reply in one piece, cut off at ``LONGEST_REPLY``."""
    text: list[str] = []
    length = 0
    usage: dict[str, int] | None = None
    for piece, counted in within(start, seconds=seconds):
        text.append(piece)
        length += len(piece)
        usage = counted or usage
        if length > LONGEST_REPLY:
            break
    return "".join(text)[:LONGEST_REPLY], usage


def _since(started: float) -> float:
    return round(time.monotonic() - started, 3)


def _reply(text: str, usage: dict[str, int] | None, prompt: Prompt, seconds: float) -> Reply:
    counted = usage or {"input": prompt.estimated_tokens, "output": len(text) // CHARACTERS_PER_TOKEN}
    return Reply(
        text=text,
        input_tokens=counted["input"],
        output_tokens=counted["output"],
        seconds=seconds,
        estimated=usage is None,
    )
