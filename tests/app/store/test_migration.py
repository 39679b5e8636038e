"""A database of an earlier version keeps everything when it is brought to the present shape."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, insert, select, text

from app.review.models import State
from app.review.reviews import Reviews
from app.store.author import LOCAL, Author
from app.store.database import Database, _engine, open_database
from app.store.errors import NotFound, StoreError
from app.store.location import database_url, make_file
from app.store.migrating import _FOLDER, VERSION_TABLE, migrate
from app.store.threads import Threads
from app.store.verify import verify
from tests.app.store.databases import raises_in_words, turn

#: Written by the version of step 0001 itself: threads, a waiting message, a deletion, and an approved review.
WRITTEN = json.loads((Path(__file__).parent / "data" / "version_0001.json").read_text(encoding="utf-8"))
TITLES = ["Is 62321 necessary after minimal relief?", "Is 62321 safe?", "Is a second injection necessary?"]


def migrated_to_first(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    command.upgrade(config, "0001")


def fill(connection: Connection) -> None:
    """Every row as that version wrote it; the head of the trail grew by one entry at a time."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        rows = [dict(row) for row in WRITTEN.get(table.name, [])]
        if table.name == "audit_head":
            for entry in WRITTEN["audit"]:
                connection.execute(table.update().values(entries=entry["seq"], hash=entry["hash"]))
        elif rows:
            connection.execute(insert(table), [_typed(row) for row in rows])


def _typed(row: dict[str, object]) -> dict[str, object]:
    of_key = {"key": bytes.fromhex(str(row["key"]))} if "key" in row else {}
    of_day = {"on": date.fromisoformat(str(row["on"]))} if "on" in row else {}
    return {**row, **of_key, **of_day}


@pytest.fixture
def old(url: str) -> str:
    """The URL of a database that version 0001 left behind."""
    chosen = database_url(url)
    if chosen.get_backend_name() == "sqlite":
        make_file(Path(str(chosen.database)), own_folder=False)
    with Database(_engine(chosen)) as database, database.writing() as connection:
        migrated_to_first(connection)
        fill(connection)
    return url


@pytest.fixture
def upgraded(old: str) -> Iterator[Database]:
    with open_database(old) as database:
        yield database


def stored_rows(database: Database) -> dict[str, list[dict[str, object]]]:
    """Of each table that version knew, the columns it knew."""
    metadata, found = MetaData(), {}
    with database.reading() as connection:
        metadata.reflect(connection)
        for name, rows in WRITTEN.items():
            table = metadata.tables[name]
            columns = [table.c[column] for column in rows[0]]
            found[name] = [_plain(dict(row._mapping)) for row in connection.execute(select(*columns))]
    return found


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {
        name: value.hex() if isinstance(value, bytes) else str(value) if name == "on" else value
        for name, value in row.items()
    }


def in_order(rows: list[dict[str, object]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def test_every_row_is_kept_as_it_was(upgraded: Database) -> None:
    kept = stored_rows(upgraded)
    assert {name: in_order(rows) for name, rows in kept.items()} == {
        name: in_order(rows) for name, rows in WRITTEN.items()
    }
    assert len(kept["turns"]) == 4


def test_the_audit_trail_is_whole_and_ends_as_it_did(upgraded: Database) -> None:
    report = verify(upgraded, known=WRITTEN["audit"][6]["hash"])
    assert report.whole
    assert (report.entries, report.checked) == (14, 8)
    assert report.head == WRITTEN["audit_head"][0]["hash"]


def test_what_there_was_belongs_to_the_page_and_the_command_line(upgraded: Database) -> None:
    threads = Threads(upgraded)
    assert sorted(row.title or "" for row in threads.recent()) == TITLES
    waiting = next(threads.get(row.id) for row in threads.recent() if row.title == "Is 62321 safe?")
    assert waiting.pending is not None
    (row,) = Reviews(upgraded).queue()
    assert (row.state, row.reviewer) == (State.APPROVED, "Dr. Ada Example")
    assert [event.text for event in Reviews(upgraded).get(row.id).comments] == ["Called the clinic."]
    assert Threads(upgraded, Author(tenant="another")).recent() == ()
    assert Reviews(upgraded, Author(tenant="another")).queue() == ()
    assert Author().tenant == LOCAL


def test_what_was_deleted_stays_deleted_for_them(upgraded: Database) -> None:
    gone = WRITTEN["deleted_threads"][0]["id"]
    with raises_in_words(NotFound, "was deleted on 2025-06-01"):
        Threads(upgraded).get(gone)
    with raises_in_words(NotFound, "There is no thread"):
        Threads(upgraded, Author(tenant="another")).get(gone)


def test_the_conversation_goes_on(upgraded: Database) -> None:
    threads = Threads(upgraded)
    longest = max(threads.recent(), key=lambda row: row.turns)
    threads.append(longest.id, turn("And now?"), expected=longest.turns)
    threads.delete(longest.id)
    assert verify(upgraded).whole


def test_the_triggers_of_the_trail_are_still_there(upgraded: Database) -> None:
    with raises_in_words(StoreError, "the audit trail only grows"), upgraded.writing() as connection:
        connection.execute(text("DELETE FROM audit"))


def test_an_upgrade_that_is_cut_short_leaves_the_old_shape(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short(connection: Connection, where: str) -> None:
        migrate(connection, where)
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("app.store.database.migrate", cut_short)
        with pytest.raises(ZeroDivisionError):
            open_database(old)
    with Database(_engine(database_url(old))) as database, database.reading() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() == "0001"
    with open_database(old) as database:
        assert verify(database).whole
        assert len(Threads(database).recent()) == 3
