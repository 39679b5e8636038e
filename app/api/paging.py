"""Lists in pages: at most so many lines, and an opaque cursor for those that follow."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Final, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from app.api.problems import ProblemError, Slug

MOST: Final = 200

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many lines at most.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=400,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="`next` of the page before; without it the list begins.",
    ),
]

Item = TypeVar("Item", bound=BaseModel)
Row = TypeVar("Row")


class Page(BaseModel, Generic[Item]):
    """``next``: the cursor of the page that follows; ``null`` on the last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    items: tuple[Item, ...]
    next: str | None = Field(description="Give it as `cursor` to get the lines that follow.")


def page_of(items: Sequence[Item], *, limit: int, cursor: str | None, key: Callable[[Item], str]) -> Page[Item]:
    """A page of a whole list. ``key`` names a line, each another; a line that is gone does not end the paging."""
    ordered = sorted(items, key=key)
    if cursor is not None:
        (last,) = places(cursor, 1)
        ordered = [item for item in ordered if key(item) > last]
    shown = ordered[:limit]
    return Page(items=tuple(shown), next=cursor_of(key(shown[-1])) if len(ordered) > limit else None)


def moment_cursor(rows: Sequence[Row], *, limit: int, place: Callable[[Row], tuple[datetime, str]]) -> str | None:
    """The cursor after the first ``limit`` of ``rows``, which were read one more than that."""
    if len(rows) <= limit:
        return None
    moment, name = place(rows[limit - 1])
    return cursor_of(moment.isoformat(), name)


def moment_place(cursor: str | None) -> tuple[datetime, str] | None:
    """Back from ``moment_cursor``. Raises ``ProblemError``."""
    if cursor is None:
        return None
    moment, name = places(cursor, 2)
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        raise _no_cursor() from None
    if found.tzinfo is None:
        raise _no_cursor()
    return found, name


def cursor_of(*parts: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def places(cursor: str, count: int) -> list[str]:
    try:
        parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise _no_cursor() from None
    if not isinstance(parts, list) or len(parts) != count or not all(isinstance(part, str) for part in parts):
        raise _no_cursor()
    return parts


def _no_cursor() -> ProblemError:
    return ProblemError(
        Slug.UNUSABLE, "The cursor is none of this server's.", where="query/cursor", remedy="Begin without a cursor."
    )
