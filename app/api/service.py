"""What every request of one server process shares."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

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
LONGEST_WAIT: Final = 120
#: Requests that wait or compute at once; each holds a thread, and others have to pass meanwhile.
MOST_IN_HAND: Final = 100


class Slots:
    """How many answers are computed at once; the others wait their turn, and not too many of them."""

    def __init__(self, count: int, *, wait: float = LONGEST_WAIT, in_hand: int = MOST_IN_HAND) -> None:
        self._room = threading.BoundedSemaphore(in_hand)
        self._free = threading.BoundedSemaphore(count)
        self._wait = wait

    @contextmanager
    def taken(self, before: AbstractContextManager[object] | None = None) -> Iterator[None]:
        """``before``: what has to be waited for as well, first, so that no place to compute is kept idle.

        Raises ``ProblemError`` when too many wait already, or none becomes free in time.
        """
        if not self._room.acquire(blocking=False):
            raise _busy("Too many requests wait already.")
        try:
            with before or nullcontext(), self._place():
                yield
        finally:
            self._room.release()

    @contextmanager
    def _place(self) -> Iterator[None]:
        with span("wait"):
            taken = self._free.acquire(timeout=self._wait)
        if not taken:
            raise _busy(f"All places were taken for {self._wait:g} seconds.")
        try:
            with span("compute"):
                yield
        finally:
            self._free.release()


def _busy(detail: str) -> ProblemError:
    return ProblemError(Slug.BUSY, detail, headers={"Retry-After": "10"})


@dataclass(frozen=True)
class Service:
    """``open_to_all``: whoever reaches the server is its user, without a key. ``failures``: refused credentials.

    ``streams``: threads that write event streams to their end, whether or not anybody still reads.
    """

    desks: Desks
    database: Database
    keys: Keys
    tokens: Tokens | None
    metrics: Metrics
    rates: Rates
    failures: Rates
    slots: Slots
    streams: ThreadPoolExecutor
    open_to_all: bool = False
    base_url: str | None = None
    today: Callable[[], date] = today

    def count(self, determinations: Iterable[Determination]) -> None:
        """In the metrics, by status alone."""
        for determination in determinations:
            self.metrics.determined(determination.status)


async def _service(request: Request) -> Service:
    found: Service = request.app.state.service
    return found


ServiceOf = Annotated[Service, Depends(_service)]
