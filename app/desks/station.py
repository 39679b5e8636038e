"""The desk of one library, followed as its corpus changes."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from dataclasses import replace
from typing import Final

from app.desks.serving import Opener, Serving
from app.desks.signatures import Signature, signature
from app.library import Library
from ingest.errors import CacheError, CorpusError, CorpusErrors, IndexBusyError, ModelError
from ingest.index import index_directory, manifest_mark
from rag.errors import UserError

LOGGER: Final = logging.getLogger("guideline-qa.desks")

#: Looks after which a corpus that never comes to rest is loaded all the same.
MOST_LOOKS: Final = 10
#: Seconds until what failed for want of space, or for another process, is tried again.
RETRY_SECONDS: Final = 30.0

FAULTS: Final = (CorpusErrors, CorpusError)
TROUBLE: Final = (CacheError, IndexBusyError, ModelError, UserError, OSError)

State = tuple[Signature, Signature, tuple[int, int, int] | None]


class Station:
    """Threads take ``serving()`` and keep it to the end of their request; one thread looks after changes.

    A library with nothing added is served by ``base``, the station of the corpus alone, where there is one.
    """

    def __init__(self, library: Library, opener: Opener, base: Station | None = None) -> None:
        self.library = library
        self._opener, self._base = opener, base
        self._own: Serving | None = None
        self._opened = False
        self._lock = threading.Lock()
        self._seen: State | None = None
        self._last: State | None = None
        self._looks, self._not_before = 0, 0.0
        self._problem: str | None = None
        self._failed: tuple[State, Exception] | None = None

    @property
    def has_own(self) -> bool:
        """Whether it holds a corpus in memory that no other station holds."""
        return self._own is not None

    @property
    def notices(self) -> tuple[str, ...]:
        return (*self.library.notices, *([self._problem] if self._problem else []))

    def serving(self) -> Serving:
        """Loaded on the first call, which takes seconds. Raises as ``Opener.open`` does."""
        if not self._opened:
            with self._lock:
                if not self._opened:
                    self._open()
        own = self._own
        if own is None and self._base is not None:
            return replace(self._base.serving(), library=self.library)
        assert own is not None
        return own

    def refresh(self, opener: Opener | None = None) -> None:
        """Take up what the library holds now; the desk is switched when this returns. Raises as ``Opener.open``."""
        with self._lock:
            self._load(opener or self._opener)
            self._opened = True

    def look(self, shipped: Signature) -> None:
        """Take up a change once it has settled, that is, looks the same twice. ``shipped``: of the corpus's own side.

        Never raises for a corpus or an index that cannot be loaded: the desk stays as it is, with a notice.
        """
        if not self._opened or time.monotonic() < self._not_before:
            return
        if self.library.leaves:
            with suppress(*FAULTS, *TROUBLE):
                self.library.tidy()
        now = self._state(shipped)
        if now == self._seen:
            self._looks = 0
            return
        self._looks += 1
        if now == self._last or self._looks > MOST_LOOKS:
            self._switch(now)
        self._last = now

    def _switch(self, now: State) -> None:
        before = self._own
        try:
            self.refresh()
        except FAULTS as found:
            self._keep(_first_fault(found, self.library))
            self._seen = now
        except Exception as error:
            words = f"{error}".rstrip(".") if isinstance(error, TROUBLE) else type(error).__name__
            self._keep(f"A change of the corpus cannot be taken up: {words}. Answers come from it as it was before.")
            self._not_before = time.monotonic() + RETRY_SECONDS
        else:
            self._problem, self._seen, self._looks, self._not_before = None, now, 0, 0.0
            if self._own is not before:
                LOGGER.info("Answers come from the corpus as it is now.")

    def _keep(self, problem: str) -> None:
        if problem != self._problem:
            LOGGER.warning("%s", problem)
        self._problem = problem

    def _open(self) -> None:
        """What had faults a moment ago is not loaded anew for every request."""
        state = self._state(signature(self.library.shipped))
        if self._failed is not None and self._failed[0] == state:
            raise self._failed[1].with_traceback(None)
        try:
            self._load(self._opener)
        except FAULTS as error:
            self._failed = (state, error)
            raise
        self._opened, self._failed = True, None

    def _load(self, opener: Opener) -> None:
        self.library.tidy()  # first of all: a kill may have left the only document aside
        if self._base is not None and not self.library.added:
            self._own = None
        else:
            self._own = opener.open(self.library, self._own)

    def _state(self, shipped: Signature) -> State:
        own = self._own
        folder = index_directory(own.knowledge.root, model_key=self._opener.encoder.key) if own else None
        return shipped, signature(self.library.place), manifest_mark(folder) if folder else None


def _first_fault(found: CorpusErrors | CorpusError, library: Library) -> str:
    faults = found.errors if isinstance(found, CorpusErrors) else (found,)
    words = str(faults[0])
    for root in (library.shipped, library.place):
        words = words.replace(f"{root}/", "")
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"The corpus has changed and has faults now, so answers come from it as it was before. {words}{more}"
