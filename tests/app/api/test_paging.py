"""Lists in pages: every line comes once, whatever is added or removed meanwhile."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from pydantic import BaseModel

from app.api.paging import cursor_of, moment_cursor, moment_place, page_of, places
from app.api.problems import ProblemError


class Line(BaseModel):
    id: str


def ids(names: str) -> list[Line]:
    return [Line(id=name) for name in names]


def walked(lines: list[Line], *, limit: int) -> list[str]:
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(len(lines) + 2):
        page = page_of(lines, limit=limit, cursor=cursor, key=lambda line: line.id)
        seen += [line.id for line in page.items]
        cursor = page.next
        if cursor is None:
            return seen
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6, 200])
def test_every_line_comes_once_and_in_order(limit: int) -> None:
    assert walked(ids("edcab"), limit=limit) == list("abcde")


def test_an_empty_list_is_one_page() -> None:
    page = page_of(ids(""), limit=5, cursor=None, key=lambda line: line.id)
    assert (page.items, page.next) == ((), None)


def test_a_line_that_is_gone_does_not_end_the_paging() -> None:
    first = page_of(ids("abcd"), limit=2, cursor=None, key=lambda line: line.id)
    rest = page_of(ids("acd"), limit=2, cursor=first.next, key=lambda line: line.id)
    assert [line.id for line in rest.items] == ["c", "d"]


def test_a_moment_and_an_id_come_back_from_their_cursor() -> None:
    at = datetime(2026, 11, 26, 12, 0, 0, 123456, tzinfo=UTC)
    cursor = moment_cursor([("a", at), ("b", at)], limit=1, place=lambda row: (row[1], row[0]))
    assert moment_place(cursor) == (at, "a")
    assert moment_cursor([("a", at)], limit=1, place=lambda row: (row[1], row[0])) is None


FORGED = {
    "no base64": "%%%",
    "no JSON": base64.urlsafe_b64encode(b"x").decode(),
    "no list": base64.urlsafe_b64encode(b'{"a":1}').decode(),
    "no strings": base64.urlsafe_b64encode(b"[1,2]").decode(),
    "too few parts": cursor_of("a"),
    "no moment": cursor_of("yesterday", "a"),
    "a moment of no zone": cursor_of("2026-11-26T12:00:00", "a"),
    "nested without end": base64.urlsafe_b64encode(b"[" * 300).decode(),
    "not even text": "\udcff",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_cursor_is_refused(name: str) -> None:
    with pytest.raises(ProblemError, match="cursor"):
        moment_place(FORGED[name])
    if name != "no moment" and name != "a moment of no zone":
        with pytest.raises(ProblemError, match="cursor"):
            places(FORGED[name], 2)
