"""Requests as one would send them (``requests.yaml``) and what a server answered to them (``responses.json``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter

from ingest.strict_yaml import load_yaml

_FOLDER: Final = Path(__file__).parent
RESPONSES: Final = _FOLDER / "responses.json"
_REFERENCE: Final = {"answer_of", "at"}


class Recorded(BaseModel):
    """An answer, its lists and texts cut short."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    media_type: str
    content: Any


class Example(BaseModel):
    """A request of one operation. ``until``: members its answer has in the end; before, it is sent again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request: dict[str, Any] | None = None
    parameters: dict[str, Any] = {}
    until: dict[str, Any] = {}


def load_requests() -> dict[str, Example]:
    """In the order in which they can be played. The name of a further request of an operation ends in ``#NUMBER``."""
    return TypeAdapter(dict[str, Example]).validate_python(load_yaml(_FOLDER / "requests.yaml").data)


def load_responses() -> dict[str, Recorded]:
    """The recorded answer by operation, without those that have no content."""
    return TypeAdapter(dict[str, Recorded]).validate_json(RESPONSES.read_bytes())


def operation_of(name: str) -> str:
    """The operation id of a request's name."""
    return name.partition("#")[0]


def resolved(value: Any, answers: Mapping[str, Any]) -> Any:
    """``value`` with what was answered in the place of ``{answer_of: OPERATION, at: MEMBER}``. Raises ``KeyError``."""
    if isinstance(value, dict):
        if value.keys() == _REFERENCE:
            return answers[value["answer_of"]][value["at"]]
        return {name: resolved(inner, answers) for name, inner in value.items()}
    return [resolved(inner, answers) for inner in value] if isinstance(value, list) else value
