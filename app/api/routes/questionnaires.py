"""FHIR questionnaires: what a policy still needs to know as a form, and the filled-in form as facts (DTR style)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import JsonValue
from starlette.responses import JSONResponse, Response

from app.access.models import Scope
from app.api.json_values import Day
from app.api.models.answers import QuestionnaireRequest, ResponseOut
from app.api.problems import ProblemError, Slug
from app.api.routes.policies import PolicyId, named_policy
from app.api.routes.schemas import base_of
from app.api.routing import Caller, make_router, needs
from app.api.service import ServiceOf
from app.decisions import Asked, decide_case
from app.dtr.canonical import form_version
from app.dtr.questionnaire import questionnaire
from app.dtr.response import facts_of_response, policy_of_response
from rag.case.facts_file import read_facts
from rag.criteria.policy import Policy, Version
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
    on: Annotated[Day | None, Query(description="Date of service; selects the version. Default: today.")] = None,
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
    on: Annotated[Day | None, Query(description="Date of service. Default: today.")] = None,
) -> ResponseOut:
    """A FHIR R4 QuestionnaireResponse as facts, and the policy whose form it answers decided on them (else all)."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    case = facts_of_response(body, knowledge)
    policy, version = policy_of_response(body, knowledge) or (None, None)
    day = on or (day_of(version, service.today()) if version else service.today())
    asked = Asked(on=day, policy=policy.id if policy else None)
    with service.slots.taken():
        determinations = decide_case(case, asked, knowledge)
    return ResponseOut(case=case, determinations=determinations, notices=_notices(policy, version, day))


def day_of(version: Version, today: date) -> date:
    """A day on which the version is in force: today if it is, else its last or its first."""
    if today in version.window:
        return today
    return version.window.end or version.window.start or today


def _version_named(policy: Policy, name: str) -> Version:
    found = next((version for version in policy.versions if form_version(version) == name), None)
    if found is None:
        known = ", ".join(form_version(version) for version in policy.versions)
        detail = f"The policy {policy.id} has no form of version {name!r}. Known: {known}."
        raise ProblemError(Slug.NOT_FOUND, detail, where="query/version")
    return found


def _notices(policy: Policy | None, version: Version | None, day: date) -> tuple[str, ...]:
    if policy is None:
        return ("The response names no form of this server: every policy was decided.",)
    decided = policy.on(day)
    if version is None or decided == version:
        return ()
    return (f"The form is of version {version.version}; on {day} another version of {policy.id} decides.",)
