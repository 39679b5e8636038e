"""Any LangChain chat model: by its own structured output, or by its plain words."""

from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda

from rag.model.chat import ChatModel
from rag.model.errors import ModelFailure
from rag.model.exchange import Limits
from tests.model.conftest import PROMPT

LIMITS = Limits(seconds=5, reply_tokens=50)


class Plain(BaseChatModel):
    """Says what it is told to say, a word at a time; knows no structured output."""

    words: str

    @property
    def _llm_type(self) -> str:
        return "plain"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.words))])

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        for word in self.words.split(" "):
            yield ChatGenerationChunk(message=AIMessageChunk(content=word + " "))


class Structured(Plain):
    """Gives its structured output as a provider does: with the message it was parsed from."""

    parsed: dict[str, Any] | None

    def with_structured_output(self, schema: Any, **kwargs: Any) -> Runnable[Any, Any]:
        usage = {"input_tokens": 3, "output_tokens": 2, "total_tokens": 5}
        raw = AIMessage(self.words, usage_metadata=usage)
        return RunnableLambda(lambda _: {"raw": raw, "parsed": self.parsed, "parsing_error": None})


class Broken(Plain):
    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        raise RuntimeError(f"cannot answer: {messages[0].content}")


def test_a_model_without_structured_output_is_asked_in_plain_words() -> None:
    assert ChatModel("plain", Plain(words="a b c")).reply(PROMPT, LIMITS).text.strip() == "a b c"


def test_a_model_with_structured_output_gives_its_json() -> None:
    reply = ChatModel("structured", Structured(words="no", parsed={"claims": []})).reply(PROMPT, LIMITS)
    assert (reply.text, reply.input_tokens, reply.estimated) == ('{"claims": []}', 3, False)


def test_what_could_not_be_parsed_is_given_as_it_came() -> None:
    assert ChatModel("structured", Structured(words="so so", parsed=None)).reply(PROMPT, LIMITS).text == "so so"


def test_a_fault_of_a_model_is_said_without_its_message() -> None:
    with pytest.raises(ModelFailure) as raised:
        ChatModel("broken", Broken(words="")).reply(PROMPT, LIMITS)
    assert "RuntimeError" in str(raised.value)
    assert "brief" not in str(raised.value)
