"""What every request of one server process shares."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from app.api.problems import ProblemError, Slug
from app.api.tracing import span
from app.options import today

if TYPE_CHECKING:
    from app.access.keys import Keys
    from app.access.tokens import Tokens
    from app.api.metrics import Metrics
    from app.api.rates import Rates
    from app.desks.desks import Desks
    from app.store.database import Database
    from rag.criteria.determination import Determination

#: Seconds a request waits for its turn to compute. Longer, and whoever asked has gone.
LONGEST_WAIT = 120


class Slots:
    """How many answers are computed at once; the others wait their turn, so that none takes all day."""

    def __init__(self, count: int, *, wait: float = LONGEST_WAIT) -> None:
        self._free = threading.BoundedSemaphore(count)
        self._wait = wait

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Raises ``ProblemError`` when none becomes free in time."""
        with span("wait"):
            taken = self._free.acquire(timeout=self._wait)
        if not taken:
            detail = f"All places were taken for {self._wait:g} seconds."
            raise ProblemError(Slug.BUSY, detail, headers={"Retry-After": "10"})
        try:
            with span("compute"):
                yield
        finally:
            self._free.release()


@dataclass(frozen=True)
class Service:
    """``open_to_all``: whoever reaches the server is its user, without a key. ``failures``: refused credentials."""

    desks: Desks
    database: Database
    keys: Keys
    tokens: Tokens | None
    metrics: Metrics
    rates: Rates
    failures: Rates
    slots: Slots
    open_to_all: bool = False
    base_url: str | None = None
    today: Callable[[], date] = today

    def count(self, determinations: Iterable[Determination]) -> None:
        """In the metrics, by status alone."""
        for determination in determinations:
            self.metrics.determined(determination.status)


def _service(request: Request) -> Service:
    found: Service = request.app.state.service
    return found


ServiceOf = Annotated[Service, Depends(_service)]
