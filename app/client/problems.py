"""What the server refuses, as one exception with the members of its problem details."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx
from pydantic import ValidationError

from app.api.problems import FieldFault, Problem

REQUEST_ID = "X-Request-ID"


class Unfinished(Exception):
    """A stream that ended without its last event: what came of the request is not known."""


class ApiProblem(Exception):
    """A request that ended in a problem (RFC 9457).

    ``where``: the part of the request it is about; ``remedy``: what to do; ``errors``: each fault of the request's
    shape; ``request_id``: what the server's log knows the request by; ``retry_after``: seconds to wait, if told.
    Answers that are no problem details (a proxy's page, say) have the type ``about:blank`` and no remedy.
    """

    def __init__(self, problem: Problem, *, retry_after: float | None = None) -> None:
        super().__init__(f"{problem.status} {problem.title}: {problem.detail} {problem.remedy}".strip())
        self.problem = problem
        self.status: int = problem.status
        self.type: str = problem.type
        self.title: str = problem.title
        self.detail: str = problem.detail
        self.where: str | None = problem.where
        self.remedy: str = problem.remedy
        self.errors: tuple[FieldFault, ...] = problem.errors or ()
        self.request_id: str | None = problem.request_id
        self.retry_after = retry_after


def problem_of(response: httpx.Response) -> ApiProblem:
    """The problem of a response that was read, whatever its status and whoever made it."""
    try:
        found = Problem.model_validate_json(response.content)
    except ValidationError:
        found = _plain(response)
    if found.request_id is None:
        found = found.model_copy(update={"request_id": response.headers.get(REQUEST_ID)})
    return ApiProblem(found, retry_after=_seconds(response.headers.get("Retry-After")))


def _plain(response: httpx.Response) -> Problem:
    status = response.status_code
    title = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown status"
    detail = "The server did not answer as this API does; is the address right?"
    # A redirect or a success of another kind is no answer either.
    return Problem.model_construct(
        type="about:blank",
        title=title,
        status=status,
        detail=detail,
        where=None,
        remedy="",
        errors=None,
        request_id=None,
    )


def _seconds(given: str | None) -> float | None:
    """``Retry-After`` as seconds from now: it is a number of them, or a moment (RFC 9110, 10.2.3)."""
    if given is None:
        return None
    if given.strip().isdecimal():
        return float(given)
    try:
        moment = parsedate_to_datetime(given)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
