"""The database: where it is, how it is opened, and the two kinds of transaction everything else uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_random

from app.store.errors import StoreError, as_store_errors
from app.store.location import data_home, database_url, make_file, shown
from app.store.migrating import is_current, is_new, migrate

#: Seconds. Writers wait this long for each other, a connection for its server, and a deletion for those who read.
LONGEST_WAIT = 30
LONGEST_CONNECT = 10
LONGEST_ERASURE = 3
#: Names the writers' lock among the advisory locks of a PostgreSQL database.
_WRITERS = 0x677561

#: Foreign keys and zeroing of deleted bytes are off in SQLite unless asked for; FULL: a commit is on the disk.
_PRAGMAS = (
    f"busy_timeout = {LONGEST_WAIT * 1000}",
    "foreign_keys = ON",
    "secure_delete = ON",
    "synchronous = FULL",
    "temp_store = MEMORY",
)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Database:
    """An open database of the present shape. Threads may share it; ``clock`` says when things happened."""

    engine: Engine
    clock: Clock = field(default=utc_now, repr=False)

    @property
    def name(self) -> str:
        """Its path or URL, without a password."""
        return shown(self.engine.url)

    @property
    def is_file(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view. Raises ``StoreError``."""
        options = {} if self.is_file else {"isolation_level": "REPEATABLE READ"}
        with self._errors(), self.engine.execution_options(**options).begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, and one writer at a time, so that what it read still holds when it writes."""
        with self._errors(), self.engine.execution_options(writes=True).begin() as connection:
            if not self.is_file:
                connection.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})
            yield connection

    @contextmanager
    def outside_transactions(self) -> Iterator[Connection]:
        """For what SQLite does in no transaction."""
        with self._errors(), self.engine.execution_options(outside=True).connect() as connection:
            yield connection

    def forget_deleted(self) -> bool:
        """Move SQLite's write-ahead log into the file, where deleted bytes are zeros, and empty it.

        ``False`` where somebody is still reading: the next call does it. Nothing to do on a server.
        """
        if not self.is_file:
            return True
        with self.outside_transactions() as connection:
            return _empty_log(connection, wait=LONGEST_ERASURE)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        with as_store_errors(self.name, secret=self.engine.url.password or ""):
            yield


def open_database(url: str | None = None, *, create: bool = True, clock: Clock = utc_now) -> Database:
    """Open the database at ``url``, bring it to the present shape, and make it first if there is none.

    ``url``: SQLite or PostgreSQL; ``None`` for the environment's or the file in the user's data folder.
    Raises ``StoreError``, with ``create=False`` also when there is nothing to open.
    """
    chosen = database_url(url)
    if chosen.get_backend_name() == "sqlite":
        _prepare_file(chosen, create=create)
    database = Database(_engine(chosen), clock)
    try:
        _bring_up_to_date(database, create=create)
    except BaseException:
        database.close()
        raise
    return database


def _prepare_file(url: URL, *, create: bool) -> None:
    path = Path(str(url.database))
    if not create and not path.exists():
        raise _nothing_there(str(path))
    make_file(path, own_folder=path.parent == data_home())


def _nothing_there(name: str) -> StoreError:
    return StoreError(f"There is no store in {name}: nothing was kept yet, or it is elsewhere. Check the URL.")


def _bring_up_to_date(database: Database, *, create: bool) -> None:
    with database.reading() as connection:
        current = is_current(connection, database.name)
        if not create and is_new(connection):
            raise _nothing_there(database.name)
    if database.is_file:
        _use_write_ahead_log(database)
    if not current:
        with database.writing() as connection:
            migrate(connection, database.name)


#: The change of the log's kind does not wait for others as all else does.
_WHILE_LOCKED = Retrying(
    retry=retry_if_exception_type(OperationalError),
    stop=stop_after_delay(LONGEST_WAIT),
    wait=wait_random(min=0.01, max=0.1),
    reraise=True,
)


def _use_write_ahead_log(database: Database) -> None:
    """Readers and a writer do not wait for each other. What a deletion was killed before forgetting goes now."""
    with database.outside_transactions() as connection:
        for attempt in _WHILE_LOCKED.copy():
            with attempt:
                if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
                    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        _empty_log(connection, wait=0)


def _empty_log(connection: Connection, *, wait: float) -> bool:
    """Whether the write-ahead log is empty, after at most ``wait`` seconds for its readers."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(wait * 1000)}")
    busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {LONGEST_WAIT * 1000}")
    return busy == 0


def _engine(url: URL) -> Engine:
    # Values are words of patients: they stay out of errors and logs.
    if url.get_backend_name() != "sqlite":
        options = {"connect_timeout": LONGEST_CONNECT}
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=options)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver's own way of beginning transactions would let two writers read before either writes.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("outside"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
