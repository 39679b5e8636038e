"""``/cds-services``: CDS Hooks 2.0, for orders as they are selected and signed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse

from app.access.models import Scope
from app.api.problems import ProblemError, Slug
from app.api.routes.schemas import base_of
from app.api.routing import Caller, make_router, needs, open_to_all
from app.api.service import ServiceOf
from app.cds.discovery import discovery, service_called
from app.cds.models import Discovery, Feedback, Request, Response
from app.cds.respond import respond
from rag.errors import UnknownName

router = make_router("/cds-services", tag="CDS Hooks")

ServiceId = Annotated[str, Path(max_length=100, description="As in the discovery.")]


@router.get("", operation_id="discover_services", summary="List the CDS services", openapi_extra=open_to_all())
def discover() -> Discovery:
    """Hooks, and what each asks to have prefetched."""
    return discovery()


@router.post(
    "/{service_id}",
    operation_id="call_service",
    summary="Call a CDS service",
    openapi_extra=needs(Scope.READ),
)
def call(service_id: ServiceId, body: Request, request: HttpRequest, service: ServiceOf, caller: Caller) -> Response:
    """Cards with the status under each policy, its sources, and what is missing as suggestions.

    Nothing is fetched from the FHIR server: what was not prefetched counts as not documented.
    """
    try:
        service_called(service_id, body)
    except UnknownName as error:
        raise ProblemError(Slug.NOT_FOUND, str(error), where="path/service_id") from None
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    with service.slots.taken():
        return respond(
            body, knowledge=knowledge, today=service.today(), base_url=base_of(request, service), told=service.count
        )


@router.post(
    "/{service_id}/feedback",
    operation_id="tell_service",
    summary="Tell what became of cards",
    response_class=HttpResponse,
    openapi_extra=needs(Scope.READ),
)
def tell(service_id: ServiceId, body: Feedback, caller: Caller) -> HttpResponse:
    """Read and let go: nothing of it is kept."""
    if service_id not in {known.id for known in discovery().services}:
        raise ProblemError(Slug.NOT_FOUND, "There is no such CDS service.", where="path/service_id")
    return HttpResponse(status_code=200)
