"""``/v1/schemas`` and ``/problems``: what the shapes and the errors mean, for whoever finds a link to them."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Path, Request
from starlette.responses import Response

from app.api.models.about import SchemaLine, SchemasOut, WhoOut
from app.api.problems import KINDS, ProblemError, Slug
from app.api.routing import Caller, make_router, needs_any_key, open_to_all
from app.api.service import Service, ServiceOf
from app.schemas import PUBLISHED, SCHEMA_VERSION, schema_of

router = make_router("", tag="about")


@router.get("/v1/schemas", operation_id="list_schemas", summary="List the schemas", openapi_extra=open_to_all())
def list_schemas(request: Request, service: ServiceOf) -> SchemasOut:
    """The models whose shape is published; a new `version` means a change that a reader must know."""
    lines = [SchemaLine(name=name, version=SCHEMA_VERSION, url=_url(name, request, service)) for name in PUBLISHED]
    return SchemasOut(schemas=tuple(lines))


@router.get(
    "/v1/schemas/{name}",
    operation_id="show_schema",
    summary="Show a schema",
    response_class=Response,
    responses={200: {"description": "A JSON schema.", "content": {"application/schema+json": {}}}},
    openapi_extra=open_to_all(),
)
def show_schema(name: Annotated[str, Path(max_length=40)], request: Request, service: ServiceOf) -> Response:
    """JSON schema, draft 2020-12."""
    if name not in PUBLISHED:
        detail = f"There is no schema {name!r}. Known: {', '.join(PUBLISHED)}."
        raise ProblemError(Slug.NOT_FOUND, detail, where="path/name")
    described = schema_of(name, identifier=_url(name, request, service))
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(json.dumps(described, ensure_ascii=False), media_type="application/schema+json", headers=headers)


@router.get(
    "/problems/{slug}", operation_id="explain_problem", summary="Explain a problem", openapi_extra=open_to_all()
)
def explain(slug: Annotated[str, Path(max_length=60)]) -> dict[str, Any]:
    """What the `type` of a problem means, and what to do."""
    if slug not in set(Slug):
        raise ProblemError(Slug.NOT_FOUND, f"There is no kind of problem {slug!r}.", where="path/slug")
    kind = KINDS[Slug(slug)]
    return {"type": f"/problems/{slug}", "status": kind.status, "title": kind.title, "remedy": kind.remedy}


@router.get("/v1/whoami", operation_id="whoami", summary="Show whose key this is", openapi_extra=needs_any_key())
def whoami(caller: Caller) -> WhoOut:
    """The tenant and the scopes of the credential."""
    return WhoOut(id=caller.id, tenant=caller.tenant, scopes=tuple(sorted(caller.scopes)), name=caller.name)


def base_of(request: Request, service: Service) -> str:
    """Where this server is reached: as it was told, else as this request reached it."""
    return (service.base_url or str(request.base_url)).rstrip("/")


def _url(name: str, request: Request, service: Service) -> str:
    return f"{base_of(request, service)}/v1/schemas/{name}"
