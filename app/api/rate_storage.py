"""Counters of all workers of one server in one small SQLite file, without a further service.

SQLite lets one writer in at a time, so each count is exact. The counters are not precious: nothing waits for the disk.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from typing import Final

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
    """Fixed windows that begin with the first hit. ``uri``: ``counters:`` and the path of the file."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012  the library reads the class attribute

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._file = Path(uri.removeprefix(f"{SCHEME}:"))
        self._connections = threading.local()
        self._swept = time.monotonic()
        self._connection()

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        self._sweep()
        values = {"key": key, "expiry": expiry, "amount": amount, "now": time.time()}
        found = self._connection().execute(_COUNT, values).fetchall()
        return int(found[0][0])

    def get(self, key: str) -> int:
        found = self._row(key)
        return int(found[0]) if found else 0

    def get_expiry(self, key: str) -> float:
        found = self._row(key)
        return float(found[1]) if found else time.time()

    def check(self) -> bool:
        try:
            self._connection().execute("SELECT 1 FROM counter LIMIT 1")
        except sqlite3.Error:
            return False
        return True

    def reset(self) -> int | None:
        return self._connection().execute("DELETE FROM counter").rowcount

    def clear(self, key: str) -> None:
        self._connection().execute("DELETE FROM counter WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[int, float] | None:
        query = "SELECT count, ends FROM counter WHERE key = ? AND ends > ?"
        found: tuple[int, float] | None = self._connection().execute(query, (key, time.time())).fetchone()
        return found

    def _sweep(self) -> None:
        if time.monotonic() - self._swept > _SWEEP:
            self._swept = time.monotonic()
            self._connection().execute("DELETE FROM counter WHERE ends <= ?", (time.time(),))

    def _connection(self) -> sqlite3.Connection:
        """One for each thread; each statement is a transaction of its own."""
        found: sqlite3.Connection | None = getattr(self._connections, "open", None)
        if found is None:
            found = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = OFF")
            found.execute(_TABLE)
            self._connections.open = found
        return found
