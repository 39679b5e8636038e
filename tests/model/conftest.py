"""A model opened as a user opens it: by name, at the address of a server on this machine."""

from collections.abc import Callable

import pytest

from rag.model.chat import ChatModel
from rag.model.exchange import Message, Prompt
from tests.model.servers import Server

Open = Callable[[Server], ChatModel]

PROMPT = Prompt(
    messages=(Message(role="system", text="Be brief."), Message(role="user", text="Say something.")),
    reply_schema={"type": "object", "properties": {}, "required": [], "additionalProperties": False},
)


@pytest.fixture
def open_at(monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(server: Server) -> ChatModel:
        monkeypatch.setenv("OPENAI_BASE_URL", server.address)
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        return ChatModel.open("openai:any-name")

    return opened
