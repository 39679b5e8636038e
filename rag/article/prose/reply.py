"""The reply asked of a model, and what can be read from the one that came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


class ModelClaim(BaseModel):
    """A sentence with the aliases it rests on. Further keys of a talkative model are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    passages: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """A sentence that was refused: by which policy, and why."""

    text: str
    policy: str
    reason: str


def reply_schema(passages: Sequence[str], facts: Sequence[str]) -> dict[str, Any]:
    """JSON schema of a reply that can name nothing outside the closed list."""
    lists = {"passages": passages, "facts": facts}
    named = {
        key: {"type": "array", "items": {"type": "string", "enum": list(aliases)}}
        for key, aliases in lists.items()
        if aliases
    }
    claim = _object({"text": {"type": "string"}, **named})
    return _object({"claims": {"type": "array", "items": claim}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def read_reply(text: str) -> tuple[ModelClaim, ...] | None:
    """The claims of a reply, also of one that is fenced, chatty or cut off; ``None`` where there is no such JSON."""
    found = _claims_in(_json_of(_THINKING.sub("", text)))
    return tuple(_valid(found)) if isinstance(found, list) else None


def _claims_in(data: Any) -> Any:
    return data.get("claims") if isinstance(data, dict) else data


def _json_of(text: str) -> Any:
    from langchain_core.utils.json import parse_json_markdown

    start = min((at for sign in "{[" if (at := text.find(sign)) >= 0), default=None)
    if start is None:
        return None
    try:
        return parse_json_markdown(text[start:])
    except (ValueError, RecursionError):
        return None


def _valid(items: list[Any]) -> Iterator[ModelClaim]:
    for item in items:
        try:
            yield ModelClaim.model_validate(item)
        except ValidationError:
            continue
