"""What an attack is, and what it is sent at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from app.api.examples import load_requests, resolved
from ingest.strict_yaml import load_yaml

_FOLDER: Final = Path(__file__).parent
#: In every attack, with a number of its own; no log may hold it.
MARK: Final = "hx{number:05}x"
LOCAL: Final = "127.0.0.1"


class Expected(StrEnum):
    """``REFUSED``: malformed, so every answer is 4xx. ``ANSWERED``: an attack where any text may stand, so 2xx too.

    ``UNFINISHED``: no answer need come, but the connection ends when the sender's side does. ``ANYTHING`` but a fault
    of the server: bytes changed at random may be a proper request or none.
    """

    REFUSED = "refused"
    ANSWERED = "answered"
    UNFINISHED = "unfinished"
    ANYTHING = "anything"


@dataclass(frozen=True)
class Attack:
    """``source``: the address it comes from."""

    kind: str
    sent: bytes
    expected: Expected
    source: str = LOCAL


@dataclass(frozen=True)
class Ground:
    """A server to attack. ``answers``: to the example requests, by operation; ids of things that exist."""

    host: str
    key: str
    description: Mapping[str, Any]
    answers: Mapping[str, Any]

    @property
    def operations(self) -> Sequence[tuple[str, str, Mapping[str, Any]]]:
        """Method, path template, operation."""
        paths = self.description["paths"].items()
        return [(method.upper(), path, found) for path, methods in paths for method, found in methods.items()]

    def path(self, operation: str) -> str:
        """With the parameters of the example."""
        (template,) = [path for _, path, found in self.operations if found["operationId"] == operation]
        return template.format(**self.parameters(operation))

    def parameters(self, operation: str) -> dict[str, Any]:
        given: dict[str, Any] = resolved(load_requests()[operation].parameters, self.answers)
        return given

    def body(self, operation: str) -> Any:
        return resolved(load_requests()[operation].request, self.answers)

    def request(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
        """A proper request; ``headers`` replace those it would have. Signs beyond Latin-1 are not sent."""
        own = {"Host": self.host, "Authorization": f"Bearer {self.key}", "Connection": "close"}
        own |= {"Content-Length": str(len(body))} if body else {}
        lines = [
            f"{method} {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in {**own, **(headers or {})}.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body

    def json_request(self, operation: str, body: bytes, content_type: str = "application/json") -> bytes:
        (method,) = [method for method, _, found in self.operations if found["operationId"] == operation]
        return self.request(method, self.path(operation), {"Content-Type": content_type}, body)


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def table(name: str) -> dict[str, Any]:
    """A data file of this folder."""
    found: dict[str, Any] = load_yaml(_FOLDER / name).data
    return found


TEXTS: Final = [text for texts in table("texts.yaml").values() for text in texts]
BROKEN: Final = table("broken_http.yaml")
