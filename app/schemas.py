"""The published JSON schemas: one table for the command and the API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from rag.article.models import SCHEMA_VERSION, Answer
from rag.case.models import Case
from rag.criteria.determination import Determination

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

PUBLISHED: Final[Mapping[str, type[BaseModel]]] = {"answer": Answer, "case": Case, "determination": Determination}


def schema_of(name: str, *, identifier: str | None = None) -> dict[str, Any]:
    """The JSON schema (2020-12) of what is printed and sent. ``identifier``: its ``$id``, where it is published."""
    described: dict[str, Any] = {"$schema": _DIALECT}
    if identifier is not None:
        described["$id"] = identifier
    return described | _model_schema(name)


@cache
def _model_schema(name: str) -> dict[str, Any]:
    """Made once: it takes longer than all else of a request."""
    return PUBLISHED[name].model_json_schema(mode="serialization")


__all__ = ["PUBLISHED", "SCHEMA_VERSION", "schema_of"]
