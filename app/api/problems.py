"""The one shape of an error: RFC 9457 problem details, with where it is and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from rag.article.words import clean

MEDIA_TYPE: Final = "application/problem+json"
#: Characters of a detail; a message may quote what was sent, which may be long.
LONGEST_DETAIL: Final = 2_000


class Slug(StrEnum):
    """The kinds of problem; each has a page at ``/problems/{slug}``."""

    MALFORMED = "malformed"
    INVALID = "invalid-request"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"
    METHOD = "method-not-allowed"
    NOT_ACCEPTABLE = "not-acceptable"
    TIMEOUT = "request-timeout"
    CONFLICT = "conflict"
    CHANGED = "precondition-failed"
    TOO_LARGE = "too-large"
    MEDIA = "unsupported-media-type"
    WRONG_HOST = "wrong-host"
    UNUSABLE = "unusable"
    KEY_REUSED = "idempotency-key-reused"
    TOO_MANY = "too-many-requests"
    FAULT = "fault"
    BUSY = "busy"
    NOT_READY = "not-ready"


@dataclass(frozen=True)
class Kind:
    """``remedy``: what to do, where the detail does not say it better."""

    status: int
    title: str
    remedy: str


KINDS: Final[Mapping[Slug, Kind]] = {
    Slug.MALFORMED: Kind(400, "The body cannot be read", "Send one JSON document in UTF-8, each name once."),
    Slug.INVALID: Kind(
        400, "The request does not have the documented shape", "Mend what `errors` lists; /openapi.json has the shape."
    ),
    Slug.UNAUTHENTICATED: Kind(
        401,
        "No valid credential",
        "Send `Authorization: Bearer KEY`; whoever runs this server makes a key with `guideline-qa keys create`.",
    ),
    Slug.FORBIDDEN: Kind(
        403, "The credential does not allow this", "Use a key that has the scope named in the detail."
    ),
    Slug.NOT_FOUND: Kind(404, "There is nothing here", "Check the address; /openapi.json lists what there is."),
    Slug.METHOD: Kind(405, "The method is not possible here", "Use a method that the header `Allow` lists."),
    Slug.NOT_ACCEPTABLE: Kind(406, "No wanted form is offered", "Accept one of the media types the detail lists."),
    Slug.TIMEOUT: Kind(408, "The request did not arrive in time", "Send the whole body at once."),
    Slug.CONFLICT: Kind(409, "It was changed meanwhile, or cannot take this step", "Load it again, then decide anew."),
    Slug.CHANGED: Kind(412, "It is no longer what `If-Match` names", "Load it again, then send the request anew."),
    Slug.TOO_LARGE: Kind(413, "The request is too large", "Send less; the detail says how much is read."),
    Slug.MEDIA: Kind(415, "The body is of another kind than is read here", "Send the media type the detail names."),
    Slug.WRONG_HOST: Kind(
        421, "This server does not answer to that name", "Use an address the server was started with."
    ),
    Slug.UNUSABLE: Kind(
        422, "A value cannot be used", "Mend the value that the detail names; the same request gives the same problem."
    ),
    Slug.KEY_REUSED: Kind(
        422, "The `Idempotency-Key` was used for another request", "Make a new key for a new request."
    ),
    Slug.TOO_MANY: Kind(429, "Too many requests", "Wait as many seconds as `Retry-After` says."),
    Slug.FAULT: Kind(
        500,
        "A fault in the server",
        "Send it again once; if it fails again, give the `request_id` to whoever runs the server.",
    ),
    Slug.BUSY: Kind(503, "The server is busy", "Send it again after as many seconds as `Retry-After` says."),
    Slug.NOT_READY: Kind(503, "The server cannot work now", "The detail says why; send it again later."),
}

#: The first kind of each status.
_FOR_STATUS: Final[dict[int, Slug]] = {kind.status: slug for slug, kind in reversed(list(KINDS.items()))}


class FieldFault(BaseModel):
    """One thing that is wrong. ``where``: a JSON Pointer into the body, or ``query/NAME``, ``header/NAME``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    where: str
    what: str


class Problem(BaseModel):
    """RFC 9457 members, and beyond them ``where``, ``remedy``, ``errors`` and ``request_id``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str = Field(description="A page of this server that explains the kind of problem.")
    title: str = Field(description="What kind of thing went wrong; the same for each problem of the type.")
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What went wrong this time.")
    where: str | None = Field(default=None, description="The part of the request it is about.")
    remedy: str = Field(description="What to do.")
    errors: tuple[FieldFault, ...] | None = Field(default=None, description="Each fault of a request's shape.")
    request_id: str | None = Field(default=None, description="What the server's log knows the request by.")


class ProblemError(Exception):
    """A request that ends in a problem. ``headers`` go with it."""

    def __init__(
        self,
        slug: Slug,
        detail: str,
        *,
        where: str | None = None,
        remedy: str | None = None,
        errors: Sequence[FieldFault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.slug = slug
        self.detail = detail
        self.where = where
        self.remedy = remedy
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


def problem_of(error: ProblemError, *, request_id: str | None = None) -> Problem:
    """What of ``error`` is sent. Half surrogates and control signs of what was quoted are gone."""
    kind = KINDS[error.slug]
    return Problem(
        type=f"/problems/{error.slug}",
        title=kind.title,
        status=kind.status,
        detail=_sendable(error.detail)[:LONGEST_DETAIL],
        where=_sendable(error.where) if error.where else None,
        remedy=error.remedy or kind.remedy,
        errors=error.errors or None,
        request_id=request_id,
    )


def response_of(error: ProblemError, *, request_id: str | None = None) -> Response:
    """The problem as an HTTP response."""
    body = problem_of(error, request_id=request_id)
    content = body.model_dump_json(exclude_none=True)
    return Response(content, status_code=body.status, media_type=MEDIA_TYPE, headers=error.headers)


def problem(slug: Slug, detail: str, *, request_id: str | None = None, headers: Mapping[str, str] = {}) -> Response:
    """A problem where nothing can be raised, as in a middleware."""
    return response_of(ProblemError(slug, detail, headers=headers), request_id=request_id)


def slug_for(status: int) -> Slug:
    """The kind of problem of a bare HTTP status."""
    return _FOR_STATUS.get(status, Slug.FAULT if status >= 500 else Slug.INVALID)


def _sendable(text: str) -> str:
    return "\n".join(clean(line) for line in text.encode("utf-8", "replace").decode("utf-8").splitlines())
