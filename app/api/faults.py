"""Whatever goes wrong in a request, as a problem; what is nobody's mistake but ours goes to the log without words."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.issuer_keys import IssuerUnavailable
from app.api.problems import FieldFault, ProblemError, Slug, problem_of, response_of, slug_for
from app.desks.desks import UnusableCorpus
from app.review.models import ReviewError
from app.store.errors import Conflict, NotFound, StoreError, Unusable
from app.user_errors import OF_THE_PLACE, OF_THE_REQUEST

LOGGER: Final = logging.getLogger("guideline-qa.api")
MOST_FAULTS: Final = 20

#: The first that fits counts: an error's own class comes before those it belongs to.
_SLUGS: Final[Sequence[tuple[type[Exception], Slug]]] = (
    (NotFound, Slug.NOT_FOUND),
    (Conflict, Slug.CONFLICT),
    (ReviewError, Slug.CONFLICT),
    (Unusable, Slug.UNUSABLE),
    (StoreError, Slug.NOT_READY),
    (UnusableCorpus, Slug.NOT_READY),
    (IssuerUnavailable, Slug.NOT_READY),
    *((kind, Slug.UNUSABLE) for kind in OF_THE_REQUEST),
    *((kind, Slug.NOT_READY) for kind in OF_THE_PLACE),
)

#: Of those that are not the caller's to mend, what is told all the same.
_FOR_CALLERS: Final = (IssuerUnavailable, UnusableCorpus)


def problem_error_of(error: Exception) -> ProblemError:
    """What to tell the caller of ``error``. One that is nobody's mistake is logged by its kind and place only."""
    if isinstance(error, ProblemError):
        return error
    for kind, slug in _SLUGS:
        if isinstance(error, kind):
            if slug is Slug.NOT_READY and not isinstance(error, _FOR_CALLERS):
                # Where files and databases are is nobody's business but the operator's.
                LOGGER.error("The server cannot work: %s", error)
                return ProblemError(slug, "The server cannot use what it needs for this; its log says why.")
            return ProblemError(slug, str(error), where=getattr(error, "place", None))
    LOGGER.error("a fault in the program", exc_info=error)
    return ProblemError(
        Slug.FAULT, f"The program failed ({type(error).__name__}). Nothing was changed by this request."
    )


def request_id(request: Request) -> str | None:
    found: str | None = getattr(request.state, "request_id", None)
    return found


def handle_problems(app: FastAPI) -> None:
    """Every error a route raises leaves as a problem."""

    def known(request: Request, error: Exception) -> Response:
        return response_of(problem_error_of(error), request_id=request_id(request))

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return response_of(_of_http(request, error), request_id=request_id(request))

    def shape(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return response_of(_of_shape(error), request_id=request_id(request))

    kinds: tuple[type[Exception], ...] = (ProblemError, *(kind for kind, _ in _SLUGS))
    for kind in kinds:
        app.add_exception_handler(kind, known)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, shape)


def _of_http(request: Request, error: HTTPException) -> ProblemError:
    """Of the framework's own: its words are not ours, its status and headers count."""
    details = {
        404: "There is nothing at this address.",
        405: f"{request.method} is not possible at this address.",
        400: "The body cannot be read as what its `Content-Type` says.",
    }
    detail = details.get(error.status_code, str(error.detail))
    headers = _allowed(request) if error.status_code == 405 else error.headers
    return ProblemError(slug_for(error.status_code), detail, headers=headers)


def _allowed(request: Request) -> dict[str, str]:
    """The methods of all routes that share the address's template; the framework names those of the first alone."""
    routes = [(route.path or "", route.methods or set()) for route in iter_route_contexts(request.app.routes)]
    address = next((path for path, _ in routes if path and compile_path(path)[0].match(request.url.path)), None)
    if address is None:  # a file of the documentation
        return {"Allow": "GET, HEAD"}
    found = {method for path, methods in routes if path == address for method in methods}
    return {"Allow": ", ".join(sorted(found))}


def _of_shape(error: RequestValidationError) -> ProblemError:
    """Where and what, never the value: it may be words of a patient."""
    found = error.errors()
    faults = [FieldFault(where=_place(fault["loc"]), what=_words(fault)) for fault in found[:MOST_FAULTS]]
    if not faults:
        return ProblemError(Slug.INVALID, "The request does not have the documented shape.")
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    return ProblemError(Slug.INVALID, f"{faults[0].what}{more}.", where=faults[0].where, errors=faults)


def _words(fault: Mapping[str, Any]) -> str:
    """The library's, but for those that quote what was sent."""
    if fault["type"] == "union_tag_invalid":
        context = fault["ctx"]
        return f"{context['discriminator']} has to be one of {context['expected_tags']}"
    return str(fault["msg"])


def _place(loc: Sequence[Any]) -> str:
    """``body`` places as JSON Pointers (RFC 6901), with names that are the caller's own cut short."""
    parts = [str(part).replace("~", "~0").replace("/", "~1")[:80] for part in loc]
    if parts[:1] == ["body"] and len(parts) > 1:
        return "/" + "/".join(parts[1:])
    return "/".join(parts)


class Faults:
    """The outermost net: what no handler took becomes a problem, and no server prints what was in a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except ClientDisconnect:
            return  # the caller hung up: nobody is to be told, and nothing is at fault
        except Exception as error:
            found = problem_error_of(error)
            if started:
                raise ConnectionAbortedError("the response was broken off") from None
            response = response_of(found, request_id=scope.get("state", {}).get("request_id"))
            await response(scope, receive, send)


__all__ = ["Faults", "handle_problems", "problem_error_of", "problem_of", "request_id"]
