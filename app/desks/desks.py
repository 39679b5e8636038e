"""One desk per tenant; those without documents of their own share one."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

from app.desks.places import places
from app.desks.serving import Opener, Serving
from app.desks.signatures import signature
from app.desks.station import Station
from app.library import Library
from app.store.author import LOCAL
from ingest.adding import Addition
from ingest.documents import corpus_root
from ingest.encoder import Encoder, OnnxEncoder
from ingest.errors import CacheError, CorpusErrors, IndexBusyError, ModelError
from ingest.progress import Progress, silent
from ingest.remembering import RememberingEncoder
from ingest.store import close_forgotten
from ingest.sync import Notice
from rag.errors import UserError
from rag.model.options import ModelOptions

__all__ = ["Desks", "Serving", "UnusableCorpus"]

LOGGER: Final = logging.getLogger("guideline-qa.desks")

#: Corpora of tenants held in memory; one takes some tens of megabytes, and seconds to load again.
MOST_CORPORA: Final = 8
#: Tenants known at a time. One without documents costs a stat at each look.
MOST_TENANTS: Final = 256
#: Seconds between two looks. A change settles for one more, so that it is noticed within twice this.
LOOK_SECONDS: Final = 0.5
#: What may end an addition before or after the document is in place.
INDEXING: Final = (CacheError, IndexBusyError, ModelError)


class NotTakenUp(Exception):
    """The document is in place, yet the desk could not be switched to it: adding it again is all that is left."""


class UnusableCorpus(UserError):
    """The documents of a tenant, or the corpus they are added to, have faults, and no earlier state is at hand."""


class Desks:
    """``corpus``: in the place of the one that comes along; it is read only. ``home``: see ``Places``."""

    def __init__(
        self,
        corpus: Path | None,
        model: ModelOptions | None,
        home: Path | None = None,
        *,
        encoder: Encoder | None = None,
        most_corpora: int = MOST_CORPORA,
    ) -> None:
        self._shipped = corpus or corpus_root()
        self._places = places(home)
        self._opener = Opener(encoder or RememberingEncoder(OnnxEncoder()), model, notice=LOGGER.info)
        self._most_corpora = most_corpora
        self._base = Station(Library(shipped=self._shipped, home=self._places.nobody), self._opener)
        self._stations: OrderedDict[str, Station] = OrderedDict()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._watch: threading.Thread | None = None

    def open(self, progress: Progress = silent, notice: Notice = lambda message: None) -> None:
        """Load and warm the corpus, and what the tenant ``local`` has added to it.

        Raises CorpusErrors, ModelError, CacheError, IndexBusyError.
        """
        opener = Opener(self._opener.encoder, self._opener.model, progress, notice)
        self._base.refresh(opener)
        self._station(LOCAL).refresh(opener)

    def of(self, tenant: str) -> Serving:
        """What answers the tenant now. A request keeps it to its end.

        Loads it when the tenant has documents and was not served of late, which takes seconds and delays no other
        tenant. Raises ``UserError``.
        """
        try:
            serving = self._station(tenant).serving()
        except CorpusErrors as found:
            raise UnusableCorpus(f"The documents cannot be answered from. {found.errors[0]}") from None
        self._forget_some(tenant)
        return serving

    def add(self, tenant: str, addition: Addition, *, replace: bool = False) -> str:
        """Check the document, add it, and answer from it when this returns; its id. Adding it twice is harmless.

        Raises CorpusErrors, the document then not being added; of ``INDEXING`` and NotTakenUp, when it may be.
        """
        station = self._station(tenant)
        try:
            if not station.library.holds(addition):
                station.library.add(addition, replace=replace, encoder=self._opener.encoder)
            station.refresh()
        except INDEXING:
            raise
        except Exception as error:
            if station.library.holds(addition):
                raise NotTakenUp(f"{type(error).__name__}, with the document in place") from error
            raise
        self._forget_some(tenant)
        return addition.front.id

    def remove(self, tenant: str, document_id: str) -> None:
        """Take away an added document; nothing is cited from it when this returns.

        Raises as ``Library.remove``, which tells that it is still there. Once it is gone nothing is raised: where the
        desk cannot be switched, ``look`` tries again, and the log and ``notices_of`` say so.
        """
        station = self._station(tenant)
        station.library.remove(document_id)
        try:
            station.refresh()
        except Exception as error:
            LOGGER.error("A removed document may still be cited until the next look: %s.", type(error).__name__)

    @property
    def notices(self) -> tuple[str, ...]:
        """What whoever runs the server should know of the corpus. Nothing of tenants: see ``notices_of``."""
        return self._base.notices

    def notices_of(self, tenant: str) -> tuple[str, ...]:
        """What the tenant should know: documents that are left out, changes that are not taken up."""
        return tuple(dict.fromkeys((*self._base.notices, *self._station(tenant).notices)))

    def start(self) -> None:
        """Look after changes from now on, in a thread of its own."""
        self._stopping.clear()
        self._watch = threading.Thread(target=self._look_on, name="desks", daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """A switch under way is done first."""
        self._stopping.set()
        if self._watch is not None:
            self._watch.join()
            self._watch = None

    def look(self) -> None:
        """One look at everything; a change is taken up at the second look that sees it."""
        shipped = signature(self._shipped)
        with self._lock:
            latest_first = list(reversed(self._stations.values()))
        for station in (self._base, *latest_first):
            station.look(shipped)
        close_forgotten()

    def _look_on(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception as error:
                LOGGER.error("Looking after changes of the corpus failed: %s.", type(error).__name__)

    def _station(self, tenant: str) -> Station:
        place = self._places.of(tenant)
        with self._lock:
            station = self._stations.get(tenant)
            if station is None:
                station = Station(Library(shipped=self._shipped, home=place), self._opener, self._base)
                self._stations[tenant] = station
            self._stations.move_to_end(tenant)
            return station

    def _forget_some(self, tenant: str) -> None:
        """Those not asked for the longest; requests under way keep theirs."""
        with self._lock:
            names = [name for name in self._stations if name != tenant]
            own = [name for name in names if self._stations[name].has_own]
            room = self._most_corpora - (tenant in self._stations and self._stations[tenant].has_own)
            for name in {*names[: max(0, len(self._stations) - MOST_TENANTS)], *own[: max(0, len(own) - room)]}:
                del self._stations[name]
