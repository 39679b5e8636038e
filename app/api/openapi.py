"""The description of the API: what FastAPI makes of the routes, with problems, credentials, scopes and examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.problems import MEDIA_TYPE, Problem
from app.api.routing import ANY_KEY, OPEN
from ingest.strict_yaml import load_yaml
from rag.version import software_version

_EXAMPLES: Final = Path(__file__).with_name("examples")
_REFERENCE: Final = {"$ref": "#/components/schemas/Problem"}
_DESCRIPTION: Final = """\
Guideline and coverage-policy questions, answered with citations and a verdict that code decides.

Every failure is a problem document (RFC 9457) with what went wrong, where, and what to do. Every route says which
scope its key needs. Lists come in pages: give `next` as `cursor`. A write with an `Idempotency-Key` may be sent again.
Nothing here approves or denies care: a person decides.
"""
_CREDENTIALS: Final = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key (`gqa_...`), or a token of an issuer this server trusts.",
    },
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
#: Failures any route may end in, beside those of the table below.
_ALWAYS: Final = ("400", "408", "413", "421", "500", "503")
_WITH_KEY: Final = ("401", "403", "429")
_WITH_BODY: Final = ("415", "422")
_ELSE: Final = ("404", "406", "409", "412")


def describe(app: FastAPI) -> None:
    """The description is made when it is first asked for."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title=app.title, version=software_version(), description=_DESCRIPTION, routes=app.routes)
    components = made.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    described = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= described.pop("$defs", {})
    schemas["Problem"] = described
    components["securitySchemes"] = _CREDENTIALS
    examples = load_examples()
    for operation in operations(made):
        _complete(operation, examples.get(operation["operationId"], {}))
    return made


def operations(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each method of each path."""
    for path in description["paths"].values():
        yield from path.values()


def load_examples() -> dict[str, dict[str, Any]]:
    """By operation id: ``request``, a body as one would send it; ``parameters``; and ``response``, an answer to it."""
    given: Any = load_yaml(_EXAMPLES / "requests.yaml").data
    answered = json.loads((_EXAMPLES / "responses.json").read_text(encoding="utf-8"))
    return {name: dict(given.get(name) or {}) | answered.get(name, {}) for name in {*given, *answered}}


def _complete(operation: dict[str, Any], example: dict[str, Any]) -> None:
    scope = operation["x-scope"]
    keyed = scope != OPEN
    operation["security"] = [{"bearer": []}, {"key": []}] if keyed else []
    needed = f"\n\nNeeds the scope `{scope}`." if keyed and scope != ANY_KEY else "\n\nNeeds any key." if keyed else ""
    operation["description"] = f"{operation.get('description', '')}{needed}"
    body = operation.get("requestBody")
    failures = (*_ALWAYS, *_ELSE, *(_WITH_KEY if keyed else ()), *(_WITH_BODY if body or keyed else ()))
    for status in failures:
        problem = {"description": "A problem.", "content": {MEDIA_TYPE: {"schema": _REFERENCE}}}
        operation["responses"][status] = problem
    if body and "request" in example:
        for content in body["content"].values():
            content["example"] = example["request"]
    for parameter in operation.get("parameters", []):
        if parameter["name"] in example.get("parameters", {}):
            parameter["example"] = example["parameters"][parameter["name"]]
    if "response" in example:
        _show_response(operation, example["response"])


def _show_response(operation: dict[str, Any], shown: Any) -> None:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            for media_type, content in response.get("content", {}).items():
                if media_type.endswith("json") == (not isinstance(shown, str)):
                    content["example"] = shown
