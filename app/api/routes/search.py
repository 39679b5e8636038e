"""``/v1/search``: the passages nearest to a query. By POST: what is searched for may be words of a patient."""

from __future__ import annotations

from app.access.models import Scope
from app.api.models.answers import SearchOut, SearchRequest
from app.api.routing import Caller, make_router, needs
from app.api.service import ServiceOf
from app.passages_found import passages_found

router = make_router("/v1/search", tag="search")


@router.post("", operation_id="search", summary="Search for passages", openapi_extra=needs(Scope.READ))
def search(body: SearchRequest, service: ServiceOf, caller: Caller) -> SearchOut:
    """Filters of one kind may be repeated. What is too far from the query to be cited is not shown."""
    searcher = service.desks.of(caller.tenant).desk.searcher
    filters = {"code": body.code, "payer": body.payer, "region": body.region, "kind": body.kind}
    with service.slots.taken():
        hits = passages_found(searcher, body.query.strip(), filters=filters, on=body.on, k=body.k)
    return SearchOut(hits=tuple(hits))
