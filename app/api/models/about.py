"""The server about itself."""

from __future__ import annotations

from typing import Literal

from app.api.models.common import Body


class WhoOut(Body):
    id: str
    tenant: str
    scopes: tuple[str, ...]
    name: str | None


class SchemaLine(Body):
    name: str
    version: str
    url: str


class SchemasOut(Body):
    schemas: tuple[SchemaLine, ...]


class LiveOut(Body):
    status: Literal["ok"]
    version: str


class ReadyOut(Body):
    """The hashes tell what is answered from; ``notices``: how many the log has on the corpus."""

    status: Literal["ok"]
    version: str
    corpus_hash: str
    index_hash: str
    notices: int
