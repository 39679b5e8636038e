"""The description of the API: what FastAPI makes of the routes, with problems, credentials, scopes and examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.examples import Example, Recorded, load_requests, load_responses, resolved
from app.api.problems import MEDIA_TYPE, Problem
from app.api.routing import ANY_KEY, OPEN
from rag.version import software_version

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
    for name, schema in schemas.items():
        if name.startswith("Body_"):
            for part in schema["properties"].values():
                _take_null(part)
    requests, responses = load_requests(), load_responses()
    answers = {name: recorded.content for name, recorded in responses.items()}
    for operation in operations(made):
        _complete(operation)
        name = operation["operationId"]
        # A request may name what an answer gave that is not recorded yet, namely while the answers are recorded.
        with suppress(KeyError):
            _show_request(operation, requests[name], answers)
        if name in responses:
            _show_response(operation, responses[name])
    _link(made, requests)
    return made


def operations(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each method of each path."""
    for path in description["paths"].values():
        yield from path.values()


def _complete(operation: dict[str, Any]) -> None:
    scope = operation["x-scope"]
    keyed = scope != OPEN
    operation["security"] = [{"bearer": []}, {"key": []}] if keyed else []
    needed = f"\n\nNeeds the scope `{scope}`." if keyed and scope != ANY_KEY else "\n\nNeeds any key." if keyed else ""
    operation["description"] = f"{operation.get('description', '')}{needed}"
    body = operation.get("requestBody")
    failures = (*_ALWAYS, *_ELSE, *(_WITH_KEY if keyed else ()), *(_WITH_BODY if body or keyed else ()))
    operation["responses"].pop("422", None)  # the framework's own words for what is a 400 here
    for status in failures:
        problem = {"description": "A problem.", "content": {MEDIA_TYPE: {"schema": _REFERENCE}}}
        operation["responses"][status] = problem
    for parameter in operation.get("parameters", []):
        _take_null(parameter["schema"])


def _take_null(schema: dict[str, Any]) -> None:
    """Of a parameter or a part of a form: no text is ``null``, it is left out."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        del schema["anyOf"]
        schema |= kinds[0]


def _link(description: dict[str, Any], requests: Mapping[str, Example]) -> None:
    """From an answer to the requests whose path it names: what an example takes from an answer, anybody can."""
    by_id = {operation["operationId"]: operation for operation in operations(description)}
    for name, example in requests.items():
        if name not in by_id:
            continue
        in_path = {one["name"] for one in by_id[name].get("parameters", []) if one["in"] == "path"}
        for parameter, given in example.parameters.items():
            if parameter in in_path and isinstance(given, dict):
                link = {"operationId": name, "parameters": {f"path.{parameter}": f"$response.body#/{given['at']}"}}
                _success(by_id[given["answer_of"]]).setdefault("links", {})[name] = link


def _success(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for status, one in operation["responses"].items() if status.startswith("2"))
    return found


def _show_request(operation: dict[str, Any], example: Example, answers: dict[str, Any]) -> None:
    if example.request is not None:
        for content in operation["requestBody"]["content"].values():
            content["example"] = resolved(example.request, answers)
    for parameter in operation.get("parameters", []):
        if parameter["name"] in example.parameters:
            parameter["example"] = resolved(example.parameters[parameter["name"]], answers)


def _show_response(operation: dict[str, Any], shown: Recorded) -> None:
    """Raises ``KeyError`` where it came in a media type that is not documented."""
    _success(operation)["content"][shown.media_type]["example"] = shown.content
