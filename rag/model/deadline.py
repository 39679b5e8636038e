"""Take what a slow or endless source yields, within a time and a length."""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

Item = TypeVar("Item")

#: Seconds a waiting thread sleeps before it looks whether anybody still listens.
_PATIENCE = 0.2
_AHEAD = 64


class TooSlow(Exception):
    """The time was over before the source was."""


@dataclass(frozen=True)
class _End:
    error: BaseException | None


class _Reading(Generic[Item]):
    """A thread of its own reads: a source that hangs inside a read can only be left behind, not woken up."""

    def __init__(self, start: Callable[[], Iterator[Item]]) -> None:
        self._queue: Queue[Item | _End] = Queue(maxsize=_AHEAD)
        self._left = threading.Event()
        context = contextvars.copy_context()
        # A daemon: an abandoned read must not keep the program from ending.
        threading.Thread(target=context.run, args=(self._read, start), daemon=True).start()

    def next(self, seconds: float) -> Item | _End:
        try:
            return self._queue.get(timeout=max(seconds, 0))
        except Empty:
            raise TooSlow from None

    def leave(self) -> None:
        self._left.set()

    def _read(self, start: Callable[[], Iterator[Item]]) -> None:
        error: BaseException | None = None
        try:
            for item in start():
                if not self._put(item):
                    return
        except BaseException as found:  # handed to the reader, whatever it is
            error = found
        self._put(_End(error))

    def _put(self, item: Item | _End) -> bool:
        while not self._left.is_set():
            try:
                self._queue.put(item, timeout=_PATIENCE)
            except Full:
                continue
            return True
        return False


def within(start: Callable[[], Iterator[Item]], *, seconds: float) -> Iterator[Item]:
    """The items of ``start()`` until ``seconds`` have passed; then ``TooSlow``. Errors of the source come through."""
    ends = time.monotonic() + seconds
    reading = _Reading(start)
    try:
        while not isinstance(item := reading.next(ends - time.monotonic()), _End):
            yield item
    finally:
        reading.leave()
    if item.error is not None:
        raise item.error
