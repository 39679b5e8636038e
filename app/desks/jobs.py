"""Uploads become documents: one thread per process takes them up, whichever process they came to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from app.desks.additions import addition_of
from app.desks.desks import INDEXING, Desks, NotTakenUp
from app.store.database import Database
from app.store.errors import Conflict, StoreError
from app.store.uploads import Claimed, Uploads
from ingest.errors import CorpusErrors
from ingest.extract.errors import ExtractError
from rag.errors import UserError

LOGGER: Final = logging.getLogger("guideline-qa.jobs")

#: Seconds until another takes up what a killed worker had in hand. Renewed while one works, however long that takes.
LEASE_SECONDS: Final = 60.0
#: Seconds between two looks for work: one query of an index each.
PAUSE_SECONDS: Final = 1.0
#: Problems told of one upload. A file of another format has one in every line.
MOST_PROBLEMS: Final = 50

_FAULTS: Final = (CorpusErrors, ExtractError, UserError)
#: The document may be in place: what is tried again once the lease runs out finds it there.
_TRIED_AGAIN: Final = (*INDEXING, NotTakenUp)
_UNEXPECTED: Final = "A fault of the server kept the document from being added. Send it again later"


class Jobs:
    """``lease_seconds`` and ``pause_seconds`` are given in tests only."""

    def __init__(
        self,
        desks: Desks,
        database: Database,
        *,
        lease_seconds: float = LEASE_SECONDS,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        self._desks = desks
        self._database = database
        self._lease_seconds, self._pause_seconds = lease_seconds, pause_seconds
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._stopping.clear()
        self._thread = threading.Thread(target=self._work_on, name="jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """The job at hand is finished first."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def work(self) -> bool:
        """Take up one upload and see it to its outcome; False when none waits. Raises ``StoreError``.

        Without an outcome it stays in hand until the lease runs out; the store ends that after some attempts.
        """
        claimed = Uploads.claim(self._database, self._lease_seconds)
        if claimed is None:
            return False
        try:
            with self._renewed(claimed):
                document_id, problems = self._outcome(claimed)
            if document_id is not None:
                claimed.finish(document_id)
            else:
                claimed.fail(problems)
        except _TRIED_AGAIN as error:
            LOGGER.warning("The upload %s cannot be indexed now and is tried again: %s", claimed.id, error)
        except Conflict:
            LOGGER.info("The upload %s was taken over by another process.", claimed.id)
        return True

    def _work_on(self) -> None:
        while not self._stopping.is_set():
            try:
                if self.work():
                    continue
            except StoreError as error:
                LOGGER.warning("%s", error)
            except Exception as error:
                LOGGER.error("Looking for uploads failed; it goes on.", exc_info=error)
            self._stopping.wait(self._pause_seconds)

    def _outcome(self, claimed: Claimed) -> tuple[str | None, Sequence[str]]:
        """The document's id, or why it is none. Raises what is to be tried again."""
        try:
            addition = addition_of(claimed.files, claimed.form)
            return self._desks.add(claimed.tenant, addition, replace=claimed.replace), ()
        except _FAULTS as found:
            return None, _problems(found)
        except _TRIED_AGAIN:
            raise
        except Exception as error:
            # The message may hold words of the file: the log keeps its kind and place.
            LOGGER.error("The upload %s failed.", claimed.id, exc_info=error)
            return None, (f"{_UNEXPECTED}; its log names it at upload {claimed.id}.",)

    @contextmanager
    def _renewed(self, claimed: Claimed) -> Iterator[None]:
        """The lease stays ours while we work, and runs out soon after we are killed."""
        done = threading.Event()

        def renew() -> None:
            while not done.wait(self._lease_seconds / 3):
                try:
                    claimed.renew(self._lease_seconds)
                except StoreError as error:
                    LOGGER.warning("%s", error)

        thread = threading.Thread(target=renew, name="jobs-lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def _problems(found: Exception) -> tuple[str, ...]:
    if not isinstance(found, CorpusErrors):
        return (str(found),)
    told = tuple(str(fault) for fault in found.errors[:MOST_PROBLEMS])
    more = len(found.errors) - len(told)
    return (*told, f"There are {more} more.") if more else told
