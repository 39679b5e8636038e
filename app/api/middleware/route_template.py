"""Which route a request went to, as the template that the code declares: never the path, which may name a patient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from weakref import WeakKeyDictionary

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Mount
from starlette.types import Scope

UNMATCHED: Final = "unmatched"
#: Methods with a name of their own in logs and metrics; a sender may invent others without end.
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_known: WeakKeyDictionary[Any, Mapping[int, str]] = WeakKeyDictionary()


def route_template(scope: Scope) -> str:
    """Like ``/v1/threads/{id}``; ``unmatched`` before routing, or where no route fits.

    ``scope["route"].path`` alone would not do: FastAPI leaves the prefix of the including router out of it.
    """
    app = scope.get("app")
    if app is None:
        return UNMATCHED
    templates = _known.get(app)
    if templates is None:
        templates = _known[app] = dict(_templates(app.routes))
    return templates.get(id(scope.get("route"))) or templates.get(id(scope.get("endpoint"))) or UNMATCHED


def method_label(scope: Scope) -> str:
    """The method, or ``OTHER``."""
    method: str = scope.get("method", "")
    return method if method in METHODS else "OTHER"


def _templates(routes: list[BaseRoute]) -> Iterator[tuple[int, str]]:
    """By identity, for what a scope has of its route is the very object: a route, or a mounted app."""
    for context in iter_route_contexts(routes):
        route = context.original_route
        path = context.path
        if path is None:
            continue
        if isinstance(route, Mount):
            yield id(route.app), f"{path}/*"
        else:
            yield id(route), path
            yield id(context.endpoint), path
