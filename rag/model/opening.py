"""A LangChain chat model by name: ``provider:model``."""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rag.model.errors import ModelSetupError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI = "openai"
ADDRESS = "OPENAI_BASE_URL"
KEY = "OPENAI_API_KEY"
#: A server of one's own usually asks for no key, but the client insists on one.
_NO_KEY = "none"
_LOCAL_NAMES = frozenset({"localhost"})


def is_loopback(address: str | None) -> bool:
    """Whether an address (URL) is this machine's own."""
    host = urlsplit(address).hostname if address else None
    if host is None:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in _LOCAL_NAMES


def open_chat_model(name: str, *, read_seconds: float) -> tuple[BaseChatModel, bool]:
    """The model, and whether its address is this machine's own.

    ``read_seconds``: the longest silence of the server within one reply. Raises ``ModelSetupError``.
    """
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise ModelSetupError(f"{name!r} names no model. Write provider:model, for example {OPENAI}:MODEL.")
    address = os.environ.get(ADDRESS) or None if provider == OPENAI else None
    local = is_loopback(address)
    given = _openai_options(address, local, read_seconds) if provider == OPENAI else {}
    return _opened(provider, model, given), local


def _openai_options(address: str | None, local: bool, read_seconds: float) -> dict[str, Any]:
    key = os.environ.get(KEY)
    if not key and not address:
        raise ModelSetupError(
            f"No key for {OPENAI}: set {KEY}, or set {ADDRESS} to the address of a server of your own. "
            "Without a model the same question is answered by leaving --model out."
        )
    options: dict[str, Any] = {
        "api_key": key or _NO_KEY,
        "base_url": address,
        "timeout": read_seconds,
        "max_retries": 0,
        "use_responses_api": False,
    }
    if local:
        from openai import DefaultHttpxClient

        # A proxy of the environment would carry what is meant for this machine to another one.
        options["http_client"] = DefaultHttpxClient(trust_env=False, timeout=read_seconds)
    return options


def _opened(provider: str, model: str, options: dict[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        opened: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise ModelSetupError(f"{provider} needs a package that is not installed: {_first_line(error)}") from None
    except Exception as error:  # each provider has its own errors for a missing key or an unknown name
        raise ModelSetupError(f"{provider}:{model} cannot be opened: {_first_line(error)}") from None
    return opened


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
