"""A model is opened by name; what is missing is said with what to do, and loopback is known when seen."""

import pytest

from rag.errors import UserError
from rag.model.chat import ChatModel
from rag.model.opening import is_loopback


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gpt", "provider:model"),
        ("openai:", "provider:model"),
        (":gpt", "provider:model"),
        ("openai:gpt", "OPENAI_API_KEY"),
        ("nobody:gpt", "nobody"),
        ("cohere:command", "not installed"),
    ],
)
def test_what_keeps_a_model_from_being_opened_is_said(name: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        ChatModel.open(name)


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert ChatModel.open("openai:anything").local


def test_a_model_elsewhere_is_not_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "key")
    assert not ChatModel.open("openai:anything").local
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example.org/v1")
    assert not ChatModel.open("openai:anything").local


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://127.8.8.8/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://localhost:8080/v1", True),
        ("http://LOCALHOST/v1", True),
        ("http://localhost.example.org/v1", False),
        ("http://127.0.0.1.example.org/v1", False),
        ("http://user@127.0.0.1@example.org/v1", False),
        ("http://example.org/127.0.0.1", False),
        ("http://0.0.0.0/v1", False),
        ("http://10.0.0.1/v1", False),
        ("127.0.0.1:8080", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_this_machine_are_loopback(address: str | None, local: bool) -> None:
    assert is_loopback(address) is local
