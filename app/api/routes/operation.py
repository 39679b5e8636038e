"""``/healthz``, ``/readyz`` and ``/metrics``: for whoever runs the server."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy import text
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.access.models import Scope
from app.api.models.about import LiveOut, ReadyOut
from app.api.routing import make_router, needs, open_to_all
from app.api.service import Service, ServiceOf
from app.store.author import LOCAL
from rag.version import software_version

router = make_router("", tag="operation")


@router.get("/healthz", operation_id="live", summary="Tell whether the process lives", openapi_extra=open_to_all())
async def live() -> LiveOut:
    """Looks at nothing but itself: where it does not answer, start it anew."""
    return LiveOut(status="ok", version=software_version())


@router.get("/readyz", operation_id="ready", summary="Tell whether it can work", openapi_extra=open_to_all())
async def ready(service: ServiceOf) -> ReadyOut:
    """Looks at the database and the index; 503 says what is amiss."""
    return await run_in_threadpool(_ready, service)


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Show the metrics",
    response_class=Response,
    responses={200: {"description": "Prometheus text.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
    openapi_extra=needs(Scope.READ),
)
def metrics(request: Request, service: ServiceOf) -> Response:
    """Prometheus text format, of all workers together."""
    body, media_type = service.metrics.body(request.headers.get("accept", ""))
    return Response(body, media_type=media_type)


def _ready(service: Service) -> ReadyOut:
    with service.database.reading() as connection:
        connection.execute(text("SELECT 1"))
    index = service.desks.of(LOCAL).desk.searcher.index
    index.vectors([passage.id for passage in index.passages[:1]])
    return ReadyOut(
        status="ok",
        version=software_version(),
        corpus_hash=index.corpus_hash,
        index_hash=index.index_hash,
        notices=len(service.desks.notices),
    )
