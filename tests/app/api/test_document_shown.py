"""A document that is removed while it is shown."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.requests import Request

from app.access.models import Principal, Scope
from app.api.problems import ProblemError
from app.api.routes.documents import show
from app.api.service import Service
from app.options import today
from rag.knowledge.library import load_knowledge

CALLER = Principal(id="key:test", tenant="local", scopes=frozenset([Scope.READ]), name=None)
REQUEST = Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []})


class Removing:
    """Desks whose tenant removes a document as soon as it was looked for once: nothing real can time that."""

    def __init__(self) -> None:
        self.knowledge = load_knowledge(lazy=True)
        self.removed = next(name for name in self.knowledge.documents if name not in self.knowledge.policies)

    def of(self, tenant: str) -> Any:
        before = self.knowledge
        left = {name: document for name, document in before.documents.items() if name != self.removed}
        self.knowledge = replace(before, documents=left)
        searcher = SimpleNamespace(index=SimpleNamespace(passages=()))
        return SimpleNamespace(desk=SimpleNamespace(knowledge=before, searcher=searcher))


def test_it_is_shown_as_it_was_and_then_there_is_none() -> None:
    desks = Removing()
    service = cast(Service, SimpleNamespace(desks=desks, today=today))
    assert show(desks.removed, REQUEST, service, CALLER).status_code == 200
    with pytest.raises(ProblemError, match="There is no document"):
        show(desks.removed, REQUEST, service, CALLER)
