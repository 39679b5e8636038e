"""Real databases to store in: a SQLite file, and a PostgreSQL server that runs for the session."""

import atexit
import importlib
import secrets
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from app.store.database import Database, open_database
from app.store.threads import Threads
from rag.article.models import Answer
from rag.case.models import Case
from rag.followup.models import CaseFile, Message, Selection, Turn, TurnKind
from tests.article.builders import answer

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2025, 6, 1)
START = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)


class Ticking:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@cache
def server_url() -> str:
    """The URL of a server that runs until the end of the process. Raises whatever keeps it from running."""
    pgserver = importlib.import_module("pgserver")
    folder = Path(tempfile.mkdtemp(prefix="guideline-qa-postgresql-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)  # as root the server runs as a user of its own, who has to get in
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    # What is tested is the death of a client, not of the server's machine.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    return str(server.get_uri())


@pytest.fixture(scope="session")
def postgresql() -> str:
    """The URL of a server started for the tests. Skips, with the reason, where none can run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return server_url()
        except Exception as error:
            pytest.skip(f"PostgreSQL cannot run here: {type(error).__name__}: {error}")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database of the present shape with nothing in it."""
    file = tmp_path_factory.mktemp("migrated") / "threads.db"
    open_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The same tests run on both kinds of database."""
    return str(request.param)


def new_on_server(server: str) -> str:
    """The URL of a schema of the test's own: much quicker to make than a database."""
    name = f"test_{secrets.token_hex(8)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
    return f"{server}&options=-csearch_path%3D{name}"


@pytest.fixture
def url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a database that was never opened."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'store' / 'threads.db'}"
    return new_on_server(request.getfixturevalue("postgresql"))


@pytest.fixture
def database(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An open database with nothing in it, and a clock that ticks."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "threads.db")
        address = f"sqlite:///{tmp_path / 'threads.db'}"
    else:
        address = new_on_server(request.getfixturevalue("postgresql"))
    with open_database(address, clock=Ticking()) as opened:
        yield opened


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'threads.db'}"


def turn(
    said: str = "Is 62321 necessary after minimal relief?",
    *,
    kind: TurnKind = TurnKind.QUESTION,
    article: Answer | None = None,
    on: date = DAY,
) -> Turn:
    """A turn with an article and the record after it."""
    written = article if article is not None else answer(question=said)
    file = CaseFile(question=said, case=Case(text=said), selection=Selection(on=on))
    return Turn(said=said, kind=kind, reply="Here is the article.", answer=written, case_file=file)


def thread_with(database: Database, *said: str) -> str:
    """A thread with a turn for each of these messages; its id."""
    threads = Threads(database)
    thread_id = threads.create()
    for number, words in enumerate(said):
        threads.begin(thread_id, Message(text=words))
        threads.append(thread_id, turn(words), expected=number)
    return thread_id


def raises_in_words(error: type[Exception], *words: str) -> "pytest.RaisesExc[Exception]":
    """``pytest.raises`` for a message that holds all of ``words``."""
    return pytest.raises(error, check=lambda found: all(word in str(found) for word in words))


def attacked(database: Database, *statements: str) -> None:
    """Change the trail as somebody could who owns the database: past its triggers."""
    with database.writing() as connection:
        if database.is_file:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
            connection.execute(text("ALTER TABLE audit_head DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(text(statement))


PYTHON = sys.executable
