"""Routes that say which scope they need: it is asked for before anything of the request is read."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, params
from fastapi.routing import APIRoute
from starlette.responses import Response

from app.access.models import Principal, Scope
from app.api.access import authorise
from app.api.strict_json import StrictRequest, check_json

_SCOPE: Final = "x-scope"
OPEN: Final = "open"
ANY_KEY: Final = "any"


def needs(scope: Scope) -> dict[str, Any]:
    """For ``openapi_extra``: a credential with this scope."""
    return {_SCOPE: scope.value}


def needs_any_key() -> dict[str, Any]:
    return {_SCOPE: ANY_KEY}


def open_to_all() -> dict[str, Any]:
    """For ``openapi_extra``: no credential; the route shows nothing that is not public."""
    return {_SCOPE: OPEN}


def scope_of(route: APIRoute) -> str:
    """The scope a route declares. Raises ``AssertionError`` for one that does not: it would be open by mistake."""
    declared = (route.openapi_extra or {}).get(_SCOPE)
    assert isinstance(declared, str), f"the route {route.path} does not say which scope it needs"
    return declared


class GuardedRoute(APIRoute):
    """Credential first, then the body, read strictly."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._scope = scope_of(self)
        self._takes_json = self.body_field is not None and not isinstance(self.body_field.field_info, params.Form)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            if self._scope != OPEN:
                await authorise(request, None if self._scope == ANY_KEY else Scope(self._scope))
            strict = StrictRequest(request.scope, request.receive)
            if self._takes_json:
                await check_json(strict)
            response = await handle(strict)
            if self._scope != OPEN:
                response.headers.update(request.state.rate.headers())
            return response

        return guarded


def make_router(prefix: str, *, tag: str) -> APIRouter:
    return APIRouter(prefix=prefix, tags=[tag], route_class=GuardedRoute)


async def _caller(request: Request) -> Principal:
    found: Principal = request.state.principal
    return found


Caller = Annotated[Principal, Depends(_caller)]
