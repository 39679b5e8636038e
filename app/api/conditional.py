"""Entity tags: what a caller has already is not sent again, and what was changed meanwhile is not overwritten."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.api.problems import ProblemError, Slug


def tagged(
    request: Request, content: BaseModel, *, tag: str | None = None, cache: str = "private, no-cache"
) -> Response:
    """``content`` as JSON with its entity tag, or 304 where the caller has it. ``tag``: where one is known already."""
    body = content.model_dump_json(by_alias=True).encode()
    name = f'"{tag or hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": name, "Cache-Control": cache}
    if name in _names(request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def check_unchanged(request: Request, tag: str) -> None:
    """Raises ``ProblemError`` where ``If-Match`` names another state than ``tag``."""
    wanted = request.headers.get("if-match")
    if wanted is not None and wanted.strip() != "*" and f'"{tag}"' not in _names(wanted):
        raise ProblemError(Slug.CHANGED, "It was changed since the caller loaded it.", where="header/If-Match")


def _names(header: str | None) -> set[str]:
    """Weak and strong tags are compared alike: a tag here is of the content."""
    return {part.strip().removeprefix("W/") for part in (header or "").split(",")}
