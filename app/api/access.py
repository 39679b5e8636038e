"""From a credential to whoever it stands for, within the limits of what one may ask."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from app.access.models import Principal, Scope
from app.access.tokens import TokenError
from app.api.problems import ProblemError, Slug
from app.api.rates import Decision, address_key
from app.api.service import Service
from app.store.author import LOCAL

_LOCAL_USER: Final = Principal(id="local", tenant=LOCAL, scopes=frozenset(Scope))
_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="guideline-qa"'}
_BEARER: Final = "bearer "


async def authorise(request: Request, scope: Scope | None) -> None:
    """Put the principal into ``request.state``. Raises ``ProblemError``: 401, 403, or 429."""
    service: Service = request.app.state.service
    principal = await run_in_threadpool(_known, request, service)
    request.state.principal = principal
    decision = await run_in_threadpool(service.rates.hit, f"{principal.tenant}/{principal.id}")
    request.state.rate = decision
    if not decision.allowed:
        raise _too_many(decision, "This key has")
    if scope is not None and scope not in principal.scopes:
        has = ", ".join(sorted(principal.scopes)) or "none"
        detail = f"This needs the scope `{scope}`; the credential has: {has}."
        raise ProblemError(Slug.FORBIDDEN, detail, where="header/Authorization")


def _known(request: Request, service: Service) -> Principal:
    if service.open_to_all:
        return _LOCAL_USER
    text = credential(request)
    if text is None:
        raise _unauthenticated("The request has no credential.")
    principal = _principal(text, service)
    if principal is None:
        raise _refused(request, service)
    return principal


def _refused(request: Request, service: Service) -> ProblemError:
    """Whoever tries many is told to wait. Who has a key never is: others may sit at the same address."""
    decision = service.failures.hit(address_key(request.client.host if request.client else None))
    if not decision.allowed:
        return _too_many(decision, "This address has")
    return _unauthenticated("The credential is not known here, or no longer valid.")


def credential(request: Request) -> str | None:
    """The key or token of the request: of ``Authorization: Bearer``, else of ``X-API-Key``."""
    given = request.headers.get("authorization", "")
    if given[: len(_BEARER)].casefold() == _BEARER:
        return given[len(_BEARER) :].strip() or None
    return request.headers.get("x-api-key") or None


def _principal(text: str, service: Service) -> Principal | None:
    if text.startswith("gqa_"):
        return service.keys.find(text)
    if service.tokens is None:
        return None
    try:
        return service.tokens.principal(text)
    except TokenError:
        return None


def _unauthenticated(detail: str) -> ProblemError:
    return ProblemError(Slug.UNAUTHENTICATED, detail, where="header/Authorization", headers=_CHALLENGE)


def _too_many(decision: Decision, who: str) -> ProblemError:
    detail = f"{who} used up what it may ask; it may ask again in {decision.reset_seconds} seconds."
    return ProblemError(Slug.TOO_MANY, detail, headers=decision.headers())
