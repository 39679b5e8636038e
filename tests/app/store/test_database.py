"""Where the database is, how it is made, and what an opening says that cannot succeed."""

import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from app.store.database import Database, open_database
from app.store.errors import StoreError
from app.store.location import VARIABLE, data_home, shown
from app.store.migrating import NEWEST, VERSION_TABLE
from app.store.tables import metadata
from app.store.threads import Threads
from tests.app.store.databases import PYTHON, ROOT, new_on_server, raises_in_words, thread_with


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with no database and no word about one in the environment."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv(VARIABLE, raising=False)
    return tmp_path


def test_by_default_it_is_a_file_of_the_users_data_that_nobody_else_reads(home: Path) -> None:
    with open_database() as database:
        thread_with(database, "one")
        folder = home / ".local/share/guideline-qa"
        assert mode(folder) == 0o700
        assert {file.name: mode(file) for file in folder.iterdir()} == {
            "guideline-qa.db": 0o600,
            "guideline-qa.db-wal": 0o600,
            "guideline-qa.db-shm": 0o600,
        }


def test_a_folder_others_could_read_is_closed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    folder = home / "data" / "guideline-qa"
    folder.mkdir(parents=True, mode=0o755)
    (folder / "guideline-qa.db").touch(mode=0o644)
    open_database().close()
    assert (mode(folder), mode(folder / "guideline-qa.db")) == (0o700, 0o600)


def test_the_environment_names_another_and_an_argument_outranks_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"sqlite:///{home}/named.db")
    open_database().close()
    open_database(f"sqlite:///{home}/given.db").close()
    assert sorted(file.name for file in home.iterdir()) == ["given.db", "named.db"]


def test_a_file_is_written_so_that_a_crash_loses_nothing_and_deletion_leaves_nothing(sqlite_url: str) -> None:
    with open_database(sqlite_url) as database, database.reading() as connection:
        wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "busy_timeout": 30000}
        assert {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in wanted} == wanted


def test_migrated_tables_are_those_the_program_uses(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() == NEWEST


def test_what_was_stored_is_there_at_the_next_opening(url: str) -> None:
    with open_database(url) as database:
        thread_id = thread_with(database, "one", "two")
    with open_database(url) as database:
        assert [turn.said for turn in Threads(database).get(thread_id).turns] == ["one", "two"]


def test_two_processes_may_open_a_new_database_at_once(url: str) -> None:
    program = f"from app.store.database import open_database; open_database({url!r}).close()"
    running = [subprocess.Popen([PYTHON, "-c", program], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate(timeout=60)[1].decode() for process in running]
    assert [(process.returncode, words) for process, words in zip(running, said, strict=True)] == [(0, "")] * 3
    with open_database(url) as database, database.reading() as connection:
        assert {"threads", "audit"} <= set(inspect(connection).get_table_names())


def test_a_database_of_a_newer_version_is_not_touched(url: str) -> None:
    with open_database(url) as database, database.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with raises_in_words(StoreError, "newer version", "9999", "Update the software"):
        open_database(url)
    path = Path(make_url(url).database or "")
    if url.startswith("sqlite"):
        before = path.read_bytes()
        with pytest.raises(StoreError):
            open_database(url)
        assert path.read_bytes() == before


def test_a_file_of_another_program_is_not_touched(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "threads.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = file.read_bytes()
    with raises_in_words(StoreError, "another program", str(file)):
        open_database(sqlite_url)
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000], ids=["garbage", "damaged"])
def test_a_file_that_is_no_database_is_said_to_be_none(sqlite_url: str, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "threads.db"
    file.write_bytes(content)
    with raises_in_words(StoreError, str(file), "Restore a backup"):
        open_database(sqlite_url)
    assert file.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with raises_in_words(StoreError, str(tmp_path / "file/below/threads.db"), "Make the folder yours", VARIABLE):
        open_database(f"sqlite:///{tmp_path}/file/below/threads.db")


def test_a_database_that_only_needs_reading_is_not_made(sqlite_url: str, tmp_path: Path) -> None:
    with raises_in_words(StoreError, "no store", "nothing was kept yet"):
        open_database(sqlite_url, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_only_needs_reading_gets_no_tables(postgresql: str) -> None:
    url = new_on_server(postgresql)
    for _ in range(2):
        with raises_in_words(StoreError, "no store", "nothing was kept yet"):
            open_database(url, create=False)


def test_a_home_folder_can_be_written_as_a_tilde(home: Path) -> None:
    with open_database("sqlite:///~/mine.db") as database:
        assert database.name == str(home / "mine.db")


def test_a_data_folder_that_is_no_path_of_its_own_is_ignored(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "somewhere")
    assert data_home() == home / ".local/share/guideline-qa"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://user:hunter2@host/db", "no store for 'mysql'"),
        ("no url: hunter2", "cannot be read"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///file:x?mode=memory&uri=true", "names no file"),
        ("postgresql://user:hun@ter2@host/db", "%40"),
    ],
)
def test_an_address_that_cannot_be_used_gets_a_remedy_and_shows_no_password(address: str, says: str) -> None:
    with raises_in_words(StoreError, says) as found:
        open_database(address)
    assert "hun" not in str(found.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_server_that_is_not_there_is_named_without_the_password(scheme: str) -> None:
    address = f"{scheme}://user:hunter2@127.0.0.1:1/store?password=hunter2"
    with raises_in_words(
        StoreError, "postgresql://user:***@127.0.0.1:1/store", "Check that the server is running"
    ) as e:
        open_database(address)
    assert "hunter2" not in str(e.value)
    assert e.value.__suppress_context__


def test_a_server_without_the_database_says_so(postgresql: str) -> None:
    with raises_in_words(StoreError, "does not exist", "Create it"):
        open_database(postgresql.replace("/postgres?", "/elsewhere?"))


def test_a_name_for_messages_holds_no_secret() -> None:
    url = make_url("postgresql+psycopg://user:hunter2@host/db?sslpassword=hunter3")
    assert shown(url) == "postgresql://user:***@host/db"


def test_an_error_in_the_middle_shows_no_words_of_a_patient(database: Database) -> None:
    with raises_in_words(StoreError, database.name) as found, database.writing() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "Zyxomma"})
    assert "Zyxomma" not in str(found.value)


def test_a_change_that_fails_half_way_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute(text("INSERT INTO deleted_threads (id, at) VALUES ('x', 'y')"))
        raise ZeroDivisionError
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM deleted_threads")).scalar() == 0
