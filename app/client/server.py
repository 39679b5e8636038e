"""``client.server``: what the server says of itself."""

from __future__ import annotations

from typing import Any

from app.api.models.about import LiveOut, ReadyOut, SchemaLine, SchemasOut, WhoOut
from app.client.transport import Transport, part


class Server:
    def __init__(self, sender: Transport) -> None:
        self._sender = sender

    def whoami(self) -> WhoOut:
        """The tenant and the scopes of the credential."""
        return self._sender.get(WhoOut, "/v1/whoami")

    def live(self) -> LiveOut:
        return self._sender.get(LiveOut, "/healthz")

    def ready(self) -> ReadyOut:
        """Raises ``ApiProblem`` (503), after some attempts, while the server cannot work."""
        return self._sender.get(ReadyOut, "/readyz")

    def metrics(self) -> str:
        """Prometheus text."""
        return self._sender.send("GET", "/metrics").text

    def schemas(self) -> tuple[SchemaLine, ...]:
        """The models whose shape is published."""
        return self._sender.get(SchemasOut, "/v1/schemas").schemas

    def schema(self, name: str) -> dict[str, Any]:
        """A JSON schema."""
        return self._json(f"/v1/schemas/{part(name)}")

    def openapi(self) -> dict[str, Any]:
        return self._json("/openapi.json")

    def explain(self, problem_type: str) -> dict[str, Any]:
        """What the ``type`` of an ``ApiProblem`` means, and what to do."""
        return self._json(f"/problems/{part(problem_type.rpartition('/')[2])}")

    def _json(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = self._sender.send("GET", path).json()
        return found
