"""``/v1/policies``: what is decided by, with criteria and versions, and what changed from one to the next."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request
from starlette.responses import Response

from app.access.models import Scope
from app.api.conditional import tagged
from app.api.paging import Cursor, Limit, Page, page_of
from app.api.problems import ProblemError, Slug
from app.api.routing import Caller, make_router, needs
from app.api.service import ServiceOf
from app.policy_diff import PolicyDiff, diff
from app.policy_view import PolicyDetail, PolicySummary, VersionDetail, detail, summary
from rag.criteria.policy import Policy
from rag.errors import UnknownName
from rag.knowledge.library import Knowledge

router = make_router("/v1/policies", tag="policies")

PolicyId = Annotated[str, Path(max_length=200, description="As in the list of policies.")]
VersionName = Annotated[str, Path(max_length=200)]


@router.get("", operation_id="list_policies", summary="List the policies", openapi_extra=needs(Scope.READ))
def list_policies(
    request: Request,
    service: ServiceOf,
    caller: Caller,
    payer: Annotated[str | None, Query(max_length=200, description="Only of this payer; its id.")] = None,
    code: Annotated[str | None, Query(max_length=20, description="Only those that govern this code.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[PolicySummary]:
    """In order of id, with versions and windows."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    found = [
        summary(policy, knowledge.documents[policy.id])
        for policy in knowledge.policies.values()
        if payer in (None, policy.payer) and (code is None or code.upper() in policy.codes)
    ]
    return page_of(found, limit=limit, cursor=cursor, key=lambda policy: policy.id)


@router.get(
    "/{policy_id}",
    operation_id="show_policy",
    summary="Show a policy",
    response_model=PolicyDetail,
    openapi_extra=needs(Scope.READ),
)
def show(policy_id: PolicyId, request: Request, service: ServiceOf, caller: Caller) -> Response:
    """Every version with its criteria, each with its rule, its source and the words it rests on."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    policy = named_policy(policy_id, knowledge)
    return tagged(request, detail(policy, knowledge.documents[policy.id]))


@router.get(
    "/{policy_id}/versions/{version}",
    operation_id="show_policy_version",
    summary="Show one version of a policy",
    response_model=VersionDetail,
    openapi_extra=needs(Scope.READ),
)
def show_version(
    policy_id: PolicyId, version: VersionName, request: Request, service: ServiceOf, caller: Caller
) -> Response:
    """The version with its window and criteria."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    shown = detail(named_policy(policy_id, knowledge), knowledge.documents[policy_id])
    found = next((one for one in shown.versions if one.version == version), None)
    if found is None:
        known = ", ".join(one.version for one in shown.versions)
        detail_ = f"There is no version {version!r} of {policy_id}. Known: {known}."
        raise ProblemError(Slug.NOT_FOUND, detail_, where="path/version")
    return tagged(request, found)


@router.get(
    "/{policy_id}/diff",
    operation_id="diff_policy",
    summary="Compare two versions of a policy",
    openapi_extra=needs(Scope.READ),
)
def compare(
    policy_id: PolicyId,
    service: ServiceOf,
    caller: Caller,
    earlier: Annotated[str, Query(alias="from", max_length=200, description="A version.")],
    later: Annotated[str, Query(alias="to", max_length=200, description="Another version.")],
) -> PolicyDiff:
    """Criteria added, removed and changed, field by field."""
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    policy = named_policy(policy_id, knowledge)
    return diff(policy, knowledge.documents[policy.id], earlier, later)


def named_policy(policy_id: str, knowledge: Knowledge) -> Policy:
    """Raises ``ProblemError`` for an id that names none."""
    policy = knowledge.policies.get(policy_id)
    if policy is None:
        detail_ = str(UnknownName("policy", policy_id, sorted(knowledge.policies)))
        raise ProblemError(Slug.NOT_FOUND, detail_, where="path/policy_id")
    return policy
