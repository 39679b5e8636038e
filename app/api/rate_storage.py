"""Counters of all workers of one server in one small SQLite file, without a further service.

SQLite lets one writer in at a time, so each count is exact. The counters are not precious: nothing waits for the disk.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from limits.storage import Storage

SCHEME: Final = "counters"
#: Seconds a worker waits for another's write; one takes tens of microseconds.
_PATIENCE: Final = 2.0
#: Seconds between two removals of counters whose window is over.
_SWEEP: Final = 60.0
_TABLE: Final = "CREATE TABLE IF NOT EXISTS counter (key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends REAL NOT NULL)"
_COUNT: Final = """
INSERT INTO counter (key, count, ends) VALUES (:key, :amount, :now + :expiry)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN ends <= :now THEN :amount ELSE count + :amount END,
    ends = CASE WHEN ends <= :now THEN :now + :expiry ELSE ends END
RETURNING count
"""


class CounterFile(Storage):
    """Fixed windows that begin with the first hit. ``uri``: ``counters:`` and the path of the file.

    The threads of a process take turns at one connection: one for each would soon use up the process's files.
    """

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  the library reads the class attribute

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._file = Path(uri.removeprefix(f"{SCHEME}:"))
        self._lock = threading.Lock()
        self._opened: tuple[int, sqlite3.Connection] | None = None
        self._swept = time.monotonic()
        self._run(_TABLE)

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        self._sweep()
        found = self._run(_COUNT, {"key": key, "expiry": expiry, "amount": amount, "now": time.time()})
        return int(found[0][0])

    def get(self, key: str) -> int:
        return next((int(count) for count, _ in self._open_windows(key)), 0)

    def get_expiry(self, key: str) -> float:
        return next((float(ends) for _, ends in self._open_windows(key)), time.time())

    def check(self) -> bool:
        try:
            self._run("SELECT 1 FROM counter LIMIT 1")
        except sqlite3.Error:
            return False
        return True

    def reset(self) -> int | None:
        return len(self._run("DELETE FROM counter RETURNING 1"))

    def clear(self, key: str) -> None:
        self._run("DELETE FROM counter WHERE key = :key", {"key": key})

    def _open_windows(self, key: str) -> list[tuple[Any, ...]]:
        """The one row of the key, if its window is not over."""
        query = "SELECT count, ends FROM counter WHERE key = :key AND ends > :now"
        return self._run(query, {"key": key, "now": time.time()})

    def _sweep(self) -> None:
        if time.monotonic() - self._swept > _SWEEP:
            self._swept = time.monotonic()
            self._run("DELETE FROM counter WHERE ends <= :now", {"now": time.time()})

    def _run(self, statement: str, values: Mapping[str, Any] = {}) -> list[tuple[Any, ...]]:
        """One statement, which is one transaction."""
        with self._lock:
            return self._connection().execute(statement, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        """Opened anew in a forked process, for two processes must not share one."""
        if self._opened is not None and self._opened[0] == os.getpid():
            return self._opened[1]
        opened = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("PRAGMA synchronous = OFF")
        self._opened = (os.getpid(), opened)
        return opened
