"""Requests as they go over the wire: sent again where that is safe, and checked when they come back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from httpx_sse import EventSource, ServerSentEvent
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from app.api.paging import Page
from app.api.problems import Problem
from app.client.problems import ApiProblem, Unfinished, problem_of
from app.client.retrying import Retries
from rag.article.exports import Export

IDEMPOTENCY_KEY = "Idempotency-Key"
EVENTS = "text/event-stream"
PAGE_SIZE = 100

Model = TypeVar("Model", bound=BaseModel)


class Transport:
    """``http`` has the address and the credential."""

    def __init__(self, http: httpx.Client, retries: Retries) -> None:
        self.http = http
        self._retries = retries

    def get(self, model: type[Model], path: str, **query: object) -> Model:
        return model.model_validate_json(self.send("GET", path, query=query).content)

    def post(self, model: type[Model], path: str, body: object, **query: object) -> Model:
        """A request that changes nothing, so that it may be sent again."""
        return model.model_validate_json(self.send("POST", path, body=body, query=query, safe=True).content)

    def write(self, model: type[Model], path: str, body: object = None, *, key: str | None = None) -> Model:
        """A change, under an idempotency key: sent again, it is not done again."""
        return model.model_validate_json(self.send("POST", path, body=body, headers=keyed(key)).content)

    def file(self, path: str, **query: object) -> Export:
        return export_of(self.send("GET", path, query=query))

    def pages(self, item: type[Model], path: str, **query: object) -> Iterator[Model]:
        """Every line of a list, page after page, each fetched when it is needed."""
        cursor: str | None = None
        while True:
            page = self.get(Page[item], path, **{"limit": PAGE_SIZE} | query | {"cursor": cursor})  # type: ignore[valid-type]
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def send(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        safe: bool = False,
        **content: Any,
    ) -> httpx.Response:
        """The response of a success; ``content`` as httpx takes it. Raises ``ApiProblem``, ``httpx.TransportError``.

        ``safe``: it changes nothing, although it is no GET.
        """
        request = self._built(method, path, body, query, headers, content)
        if method != "GET" and not safe and IDEMPOTENCY_KEY not in request.headers:
            return self._sent(request)
        found: httpx.Response = self._retries.retrying()(self._sent, request)
        return found

    @contextmanager
    def streamed(
        self, path: str, body: object, *, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """A response that is read while it comes; never sent again, for a part of it may have been used."""
        request = self._built("POST", path, body, None, {"Accept": EVENTS, **(headers or {})}, {})
        response = self.http.send(request, stream=True)
        try:
            if not response.is_success:
                response.read()
                raise problem_of(response)
            yield response
        finally:
            response.close()

    def _built(
        self,
        method: str,
        path: str,
        body: object,
        query: Mapping[str, object] | None,
        headers: Mapping[str, str] | None,
        content: Mapping[str, Any],
    ) -> httpx.Request:
        parameters = given(**(query or {}))
        json = None if body is None else to_jsonable_python(body)
        request = self.http.build_request(method, path, params=parameters, json=json, headers=headers, **content)
        request.read()  # so that it can be sent again, byte for byte
        return request

    def _sent(self, request: httpx.Request) -> httpx.Response:
        response = self.http.send(request)
        if not response.is_success:
            raise problem_of(response)
        return response


def events_of(response: httpx.Response) -> Iterator[ServerSentEvent]:
    """Those before ``done``. Raises ``ApiProblem`` for a ``problem``, ``Unfinished`` where neither comes."""
    for event in EventSource(response).iter_sse():
        match event.event:
            case "done":
                return
            case "problem":
                raise ApiProblem(Problem.model_validate_json(event.data))
            case _:
                yield event
    raise Unfinished("The server's stream ended before it was done. Load what was asked for again, or ask again.")


def given(**fields: object) -> dict[str, Any]:
    """What was given of a body or a query, as JSON knows it; ``None`` is left out."""
    found: dict[str, Any] = to_jsonable_python({name: value for name, value in fields.items() if value is not None})
    return found


def keyed(key: str | None) -> dict[str, str]:
    """The header of a write; without a key of the caller's, one is made for this call and its repetitions."""
    return {IDEMPOTENCY_KEY: key or uuid.uuid4().hex}


def part(name: str) -> str:
    """One part of a path, whatever signs it has."""
    return quote(name, safe="")


def export_of(response: httpx.Response) -> Export:
    _, _, name = response.headers.get("Content-Disposition", "").partition('filename="')
    return Export(name.rstrip('"'), response.headers.get("Content-Type", "").partition(";")[0], response.content)
