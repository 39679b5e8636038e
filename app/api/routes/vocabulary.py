"""``/v1/vocabulary`` and ``/v1/payers``: the names a request may use."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.access.models import Scope
from app.api.conditional import tagged
from app.api.models.corpus import FactOut, FactsOut, PayerOut, PayersOut
from app.api.routing import Caller, make_router, needs
from app.api.service import ServiceOf
from rag.knowledge.fact_values import example

router = make_router("/v1", tag="names")


@router.get(
    "/vocabulary",
    operation_id="list_facts",
    summary="List the facts of a case",
    response_model=FactsOut,
    openapi_extra=needs(Scope.READ),
)
def list_facts(request: Request, service: ServiceOf, caller: Caller) -> Response:
    """What the policies ask about, with the type of each fact and how a value is written."""
    specs = service.desks.of(caller.tenant).desk.knowledge.vocabulary.facts.values()
    facts = [
        FactOut(
            id=spec.id,
            type=spec.type,
            label=spec.label,
            question=spec.question,
            choices=spec.choices,
            example=example(spec),
        )
        for spec in specs
    ]
    return tagged(request, FactsOut(facts=tuple(facts)))


@router.get(
    "/payers",
    operation_id="list_payers",
    summary="List the payers",
    response_model=PayersOut,
    openapi_extra=needs(Scope.READ),
)
def list_payers(request: Request, service: ServiceOf, caller: Caller) -> Response:
    """Ids, names, and the other names they are known by."""
    payers = service.desks.of(caller.tenant).desk.knowledge.payers.values()
    shown = [PayerOut(id=payer.id, name=payer.name, aliases=payer.aliases) for payer in payers]
    return tagged(request, PayersOut(payers=tuple(shown)))
