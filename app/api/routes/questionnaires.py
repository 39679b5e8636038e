"""FHIR questionnaires: what a policy still needs to know as a form, and the filled-in form as facts (DTR style)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import JsonValue
from starlette.responses import JSONResponse, Response

from app.access.models import Scope
from app.api.models import QuestionnaireRequest, ResponseOut
from app.api.routes.policies import PolicyId, named_policy
from app.api.routes.schemas import base_of
from app.api.routing import Caller, make_router, needs
from app.api.service import ServiceOf
from app.decisions import Asked, decide_case
from app.dtr.questionnaire import questionnaire
from app.dtr.response import facts_of_response, policy_of_response
from rag.case.facts_file import read_facts
from rag.knowledge.selection import select_policies

router = make_router("/v1", tag="questionnaires")

FHIR_JSON = "application/fhir+json"
_FORM: dict[int | str, dict[str, Any]] = {
    200: {"description": "A FHIR R4 Questionnaire.", "content": {FHIR_JSON: {"schema": {"type": "object"}}}}
}


@router.get(
    "/policies/{policy_id}/questionnaire",
    operation_id="policy_questionnaire",
    summary="Show all a policy asks about, as a form",
    response_class=Response,
    responses=_FORM,
    openapi_extra=needs(Scope.READ),
)
def whole_form(
    policy_id: PolicyId,
    request: Request,
    service: ServiceOf,
    caller: Caller,
    on: Annotated[date | None, Query(description="Date of service; selects the version. Default: today.")] = None,
) -> Response:
    """A FHIR R4 Questionnaire; the ids of its items are ids of facts."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    form = questionnaire(
        named_policy(policy_id, knowledge),
        knowledge=knowledge,
        base_url=base_of(request, service),
        on=on or service.today(),
    )
    return JSONResponse(form, media_type=FHIR_JSON)


@router.post(
    "/questionnaires",
    operation_id="missing_questionnaire",
    summary="Make a form of what is missing",
    response_class=Response,
    responses=_FORM,
    openapi_extra=needs(Scope.READ),
)
def missing_form(body: QuestionnaireRequest, request: Request, service: ServiceOf, caller: Caller) -> Response:
    """A FHIR R4 Questionnaire of the facts whose value could still change the status under the policy."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    on = body.on or service.today()
    (policy,) = select_policies(knowledge, policy=body.policy)
    asked = Asked(on=on, policy=policy.id, record=body.record)
    with service.slots.taken():
        (determination,) = decide_case(read_facts(body.facts, knowledge.vocabulary), asked, knowledge)
    form = questionnaire(
        policy, knowledge=knowledge, base_url=base_of(request, service), on=on, determination=determination
    )
    return JSONResponse(form, media_type=FHIR_JSON)


@router.post(
    "/questionnaire-responses",
    operation_id="read_questionnaire_response",
    summary="Read a filled-in form and decide it",
    openapi_extra=needs(Scope.READ),
)
def filled_form(
    body: dict[str, JsonValue],
    service: ServiceOf,
    caller: Caller,
    on: Annotated[date | None, Query(description="Date of service. Default: today.")] = None,
) -> ResponseOut:
    """A FHIR R4 QuestionnaireResponse as facts, and the policy whose form it answers decided on them (else all)."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    case = facts_of_response(body, knowledge)
    found = policy_of_response(body, knowledge)
    asked = Asked(on=on or service.today(), policy=found[0].id if found else None)
    with service.slots.taken():
        return ResponseOut(case=case, determinations=decide_case(case, asked, knowledge))
