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
from app.dtr.canonical import FormName, form_version, version_called
from app.dtr.questionnaire import questionnaire
from app.dtr.response import facts_of_response, policy_of_response
from rag.case.facts_file import read_facts
from rag.criteria.policy import Policy, Version
from rag.knowledge.selection import select_policies

router = make_router("/v1", tag="questionnaires")

_NOT_KEPT = "A form of what is missing is made for one record and not kept."
_MADE_ANEW = "Send the facts to /v1/questionnaires, or leave out `missing` for the whole form."

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
    version: Annotated[
        str | None, Query(max_length=200, description="Of the form: what stands behind `|` in its canonical name.")
    ] = None,
    missing: Annotated[str | None, Query(include_in_schema=False)] = None,
) -> Response:
    """A FHIR R4 Questionnaire; the ids of its items are ids of facts.

    The form of the canonical name `ADDRESS|VERSION` is at `ADDRESS?version=VERSION`. A form of what is missing is made
    for one record and not kept: at its address, which has `missing`, there is nothing.
    """
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    policy = named_policy(policy_id, knowledge)
    if missing is not None:
        raise ProblemError(Slug.NOT_FOUND, _NOT_KEPT, where="query/missing", remedy=_MADE_ANEW)
    day = _day(policy, on, version, service.today())
    form = questionnaire(policy, knowledge=knowledge, base_url=base_of(request, service), on=day)
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
    service.count([determination])
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
    """A FHIR R4 QuestionnaireResponse as facts, and the policy whose form it answers decided on them (else all).

    The date of service selects the version that decides, whichever version the form is of; a notice tells of another.
    """
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    case = facts_of_response(body, knowledge)
    form = policy_of_response(body, knowledge)
    asked = Asked(on=on or service.today(), policy=form.policy.id if form else None)
    with service.slots.taken():
        determinations = decide_case(case, asked, knowledge)
    service.count(determinations)
    return ResponseOut(case=case, determinations=determinations, notices=_notices(form, asked.on))


def _day(policy: Policy, on: date | None, form: str | None, today: date) -> date:
    """Of the service: in the form's version, where one is named. Raises ``ProblemError`` where both do not agree."""
    if form is None:
        return on or today
    version = _version_named(policy, form)
    if on is None:
        return today if today in version.window else version.window.end or version.window.start or today
    if on not in version.window:
        detail = f"The form of version {form!r} is of a policy version in force {version.window}, not on {on}."
        raise ProblemError(Slug.UNUSABLE, detail, where="query/on", remedy="Leave out `on` or `version`.")
    return on


def _version_named(policy: Policy, name: str) -> Version:
    found = version_called(policy, name)
    if found is None:
        known = ", ".join(form_version(version) for version in policy.versions)
        detail = f"The policy {policy.id} has no form of version {name!r}. Known: {known}."
        raise ProblemError(Slug.NOT_FOUND, detail, where="query/version")
    return found


def _notices(form: FormName | None, day: date) -> tuple[str, ...]:
    if form is None:
        return ("The response names no form of this server: every policy was decided.",)
    version = form.policy.on(day)
    if form.written is None or (version is not None and version == form.version):
        return ()
    decides = f"version {version.version}" if version else "no version"
    of = f"is of version {form.version.version}" if form.version else "is of a version that is not known here"
    return (f"The form {of}; on {day} {decides} of {form.policy.id} decides.",)
