"""``/v1/determinations``: facts in, the decision of each policy out; one case or many."""

from __future__ import annotations

from datetime import date
from typing import Final

from fastapi import Request

from app.access.models import Scope
from app.api.faults import problem_error_of, request_id
from app.api.models.answers import (
    BatchItem,
    BatchOut,
    BatchRequest,
    BatchResult,
    DeterminationRequest,
    DeterminationsOut,
)
from app.api.problems import ProblemError, Slug, problem_of
from app.api.routing import Caller, make_router, needs
from app.api.service import Service, ServiceOf
from app.decisions import Asked, decide_case, policies_asked
from rag.case.facts_file import FactsError, read_facts
from rag.criteria.determination import Determination
from rag.errors import UserError
from rag.knowledge.library import Knowledge

#: In one batch. A decision with nothing known takes 40 ms, so that a batch ends within some twenty seconds.
MOST_DECISIONS: Final = 500

router = make_router("/v1/determinations", tag="determinations")


@router.post("", operation_id="decide", summary="Decide the facts of a case", openapi_extra=needs(Scope.READ))
def decide(body: DeterminationRequest, service: ServiceOf, caller: Caller) -> DeterminationsOut:
    """The same facts, policy version and date give the same determination, for ever. No model, no search."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    with service.slots.taken():
        return DeterminationsOut(determinations=_decided(body, service, knowledge))


@router.post("/batch", operation_id="decide_batch", summary="Decide many cases", openapi_extra=needs(Scope.READ))
def decide_batch(body: BatchRequest, request: Request, service: ServiceOf, caller: Caller) -> BatchOut:
    """Results in the order of the requests; what cannot be used has a problem in the place of determinations.

    At most as many decisions as the problem of a larger batch tells: name a policy or a payer in each request.
    """
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    decisions = sum(_decisions(item, knowledge) for item in body.requests)
    if decisions > MOST_DECISIONS:
        detail = f"The requests ask for {decisions} decisions, one for each policy; at most {MOST_DECISIONS} are made."
        raise ProblemError(Slug.UNUSABLE, detail, where="/requests", remedy="Name a policy in each, or send fewer.")
    results = [_result(item, request, service, knowledge) for item in body.requests]
    return BatchOut(results=tuple(results))


def _decided(body: DeterminationRequest, service: Service, knowledge: Knowledge) -> tuple[Determination, ...]:
    asked = _asked(body, body.on or service.today())
    determinations = decide_case(read_facts(body.facts, knowledge.vocabulary), asked, knowledge)
    service.count(determinations)
    return determinations


def _asked(body: DeterminationRequest, on: date) -> Asked:
    return Asked(on=on, payer=body.payer, policy=body.policy, state=body.state, record=body.record)


def _decisions(item: BatchItem, knowledge: Knowledge) -> int:
    """How many policies the request asks; none where it cannot be used, which its result will say."""
    try:
        return len(policies_asked(_asked(item, item.on or date.min), knowledge))
    except UserError:
        return 0


def _result(item: BatchItem, request: Request, service: Service, knowledge: Knowledge) -> BatchResult:
    try:
        with service.slots.taken():
            return BatchResult(id=item.id, determinations=_decided(item, service, knowledge))
    except (UserError, FactsError) as error:
        found = problem_of(problem_error_of(error), request_id=request_id(request))
        return BatchResult(id=item.id, problem=found)
