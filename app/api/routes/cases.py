"""``/v1/cases``: a text in, the facts it states out."""

from __future__ import annotations

from app.access.models import Scope
from app.api.models.answers import CaseOut, CaseRequest, ConflictOut
from app.api.routing import Caller, make_router, needs
from app.api.service import ServiceOf
from rag.case.reader import read_case
from rag.case.values import conflicts

router = make_router("/v1/cases", tag="cases")


@router.post("", operation_id="read", summary="Read the facts of a text", openapi_extra=needs(Scope.READ))
def read(body: CaseRequest, service: ServiceOf, caller: Caller) -> CaseOut:
    """Each fact has its value and the words it rests on; what contradicts itself is listed."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    with service.slots.taken():
        case = read_case(body.text.strip(), knowledge=knowledge)
    found = conflicts(case, knowledge.vocabulary)
    return CaseOut(case=case, conflicts=tuple(ConflictOut(fact=one.fact, question=one.question) for one in found))
