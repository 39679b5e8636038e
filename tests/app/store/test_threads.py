"""What a thread keeps, who may write to it, and what is left when it goes."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.store.database import Database, open_database
from app.store.errors import Conflict, NotFound, StoreError, Unreadable
from app.store.threads import Threads, title_of
from app.store.verify import verify
from rag.followup.models import Message, Turn, TurnKind
from tests.app.store.databases import START, raises_in_words, thread_with, turn

SECRET = "Zyxomma Petiolatum"


def test_a_turn_is_read_back_as_it_was_stored(database: Database) -> None:
    threads = Threads(database)
    thread_id = threads.create()
    first, second = turn("What about “quotes”, \x00 and 漢字?"), turn("and then", kind=TurnKind.ADDITION)
    assert threads.append(thread_id, first, expected=0) == 1
    assert threads.append(thread_id, second, expected=1) == 2
    assert threads.get(thread_id).turns == (first, second)


def test_two_threads_do_not_mix(database: Database) -> None:
    one, other = thread_with(database, "about the neck", "and more"), thread_with(database, "about the back")
    threads = Threads(database)
    assert [t.said for t in threads.get(one).turns] == ["about the neck", "and more"]
    assert [t.said for t in threads.get(other).turns] == ["about the back"]


def test_ids_of_threads_cannot_be_guessed_and_fit_a_url(database: Database) -> None:
    ids = {Threads(database).create() for _ in range(20)}
    assert len(ids) == 20
    assert all(len(i) >= 22 and i.replace("-", "").replace("_", "").isalnum() for i in ids)


def test_a_message_is_kept_until_its_turn_is_there(database: Database) -> None:
    threads = Threads(database)
    thread_id = threads.create()
    message = Message(text="Is it necessary?", note="Pain for 8 weeks.")
    threads.begin(thread_id, message)
    assert threads.get(thread_id).pending == message
    threads.append(thread_id, turn("Is it necessary?"), expected=0)
    assert threads.get(thread_id).pending is None


def test_a_message_takes_the_place_of_one_never_answered(database: Database) -> None:
    threads = Threads(database)
    thread_id = threads.create()
    threads.begin(thread_id, Message(text="first"))
    threads.begin(thread_id, Message(text="second"))
    assert threads.get(thread_id).pending == Message(text="second")


def test_the_second_of_two_writers_of_one_turn_is_told(database: Database) -> None:
    threads = Threads(database)
    thread_id = thread_with(database, "first")
    threads.append(thread_id, turn("mine"), expected=1)
    with raises_in_words(Conflict, "has 2 turns, not 1", "Load it again"):
        threads.append(thread_id, turn("yours"), expected=1)
    assert [t.said for t in threads.get(thread_id).turns] == ["first", "mine"]


def test_a_turn_cannot_be_stored_beyond_the_next(database: Database) -> None:
    thread_id = thread_with(database, "first")
    with pytest.raises(Conflict):
        Threads(database).append(thread_id, turn(), expected=5)


def test_the_list_shows_the_newest_first_with_title_and_length(database: Database) -> None:
    one, other = thread_with(database, "about the neck", "and more"), thread_with(database, "about the back")
    rows = Threads(database).recent(10)
    shown = [(row.id, row.title, row.turns) for row in rows]
    assert shown == [(other, "about the back", 1), (one, "about the neck", 2)]
    assert rows[0].updated_at > rows[1].updated_at > START
    assert len(Threads(database).recent(1)) == 1


def test_times_come_back_with_their_zone(database: Database) -> None:
    stored = Threads(database).get(thread_with(database, "one"))
    assert stored.created_at == START + timedelta(seconds=1)
    assert stored.created_at.tzinfo is not None


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Is it necessary?", "Is it necessary?"),
        ("  two\n lines\t", "two lines"),
        ("", None),
        (" \n", None),
        ("word " * 40, " ".join(["word"] * 12) + " …"),
        ("x" * 100, "x" * 60 + " …"),
        ("\u202eevil\x1b[31m", "evil [31m"),
    ],
)
def test_a_title_is_the_first_words(question: str, title: str | None) -> None:
    assert title_of(question) == title


def test_a_renamed_thread_keeps_its_name(database: Database) -> None:
    threads = Threads(database)
    thread_id = thread_with(database, "first")
    threads.rename(thread_id, "The second opinion")
    threads.append(thread_id, turn("more"), expected=1)
    assert threads.get(thread_id).title == "The second opinion"
    with pytest.raises(StoreError, match="needs a word"):
        threads.rename(thread_id, "  ")


def test_a_thread_that_never_was_is_told_from_one_that_was_deleted(database: Database) -> None:
    threads = Threads(database)
    thread_id = thread_with(database, "first")
    threads.delete(thread_id)
    with raises_in_words(NotFound, "was deleted on 2025-06-01"):
        threads.get(thread_id)
    with raises_in_words(NotFound, "no thread 'elsewhere'"):
        threads.get("elsewhere")
    for use in (
        lambda: threads.begin(thread_id, Message(text="more")),
        lambda: threads.append(thread_id, turn(), expected=1),
        lambda: threads.rename(thread_id, "x"),
        lambda: threads.delete(thread_id),
    ):
        with pytest.raises(NotFound):
            use()
    assert threads.recent() == ()


@pytest.mark.parametrize("body", ['{"said": "x", "kind": "prophecy", "reply": "y"}', "{}", "not json", '{"new": 1}'])
def test_a_turn_of_an_unknown_shape_names_its_thread_and_spares_the_others(database: Database, body: str) -> None:
    broken, sound = thread_with(database, f"about {SECRET}"), thread_with(database, "about the back")
    with database.writing() as connection:
        statement = text("UPDATE turns SET body = :body WHERE thread_id = :id")
        connection.execute(statement, {"body": body, "id": broken})
    threads = Threads(database)
    with raises_in_words(Unreadable, broken, "Turn 1", "delete the thread"):
        threads.get(broken)
    assert threads.get(sound).turns[0].said == "about the back"
    assert len(threads.recent()) == 2
    threads.delete(broken)


def test_a_turn_stored_without_what_was_added_since_can_be_read(database: Database) -> None:
    thread_id = thread_with(database, "first")
    with database.writing() as connection:
        body = '{"said": "old", "kind": "unclear", "reply": "words"}'
        connection.execute(text("UPDATE turns SET body = :body"), {"body": body})
    assert Threads(database).get(thread_id).turns == (Turn(said="old", kind=TurnKind.UNCLEAR, reply="words"),)


def test_text_that_is_no_text_is_refused_and_nothing_is_stored(database: Database) -> None:
    threads = Threads(database)
    thread_id = threads.create()
    with pytest.raises(StoreError, match="no characters"):
        threads.begin(thread_id, Message(text="\ud800"))
    assert threads.get(thread_id).pending is None


def personal_tables(database: Database) -> dict[str, int]:
    names = ("threads", "turns", "pending", "reviews", "review_revisions", "review_events")
    with database.reading() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}


def test_deletion_leaves_a_tombstone_and_a_trail_that_verifies(database: Database) -> None:
    threads = Threads(database)
    thread_id = thread_with(database, f"about {SECRET}")
    threads.begin(thread_id, Message(text=f"more about {SECRET}"))
    before = verify(database)
    assert threads.delete(thread_id)
    assert set(personal_tables(database).values()) == {0}
    after = verify(database)
    assert after.whole
    assert after.entries == before.entries + 1
    with database.reading() as connection:
        assert connection.execute(text("SELECT id FROM deleted_threads")).scalars().all() == [thread_id]


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def test_deletion_leaves_no_byte_of_the_text_in_the_files(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'threads.db'}") as database:
        kept = [thread_with(database, f"kept {n} " + "k" * 300 * n) for n in range(8)]
        doomed = [thread_with(database, f"{SECRET} {n}", f"{SECRET} again " + "d" * 300 * n) for n in range(8)]
        threads = Threads(database)
        threads.begin(doomed[0], Message(text="draft", note=SECRET))
        threads.rename(doomed[1], SECRET)
        threads.rename(doomed[1], "another name")
        assert SECRET.encode() in bytes_of(tmp_path)
        assert all(threads.delete(thread_id) for thread_id in doomed)
        assert SECRET.encode() not in bytes_of(tmp_path)
        assert [len(threads.get(thread_id).turns) for thread_id in kept] == [1] * 8


def test_what_a_reader_held_back_goes_at_the_next_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.database.LONGEST_ERASURE", 0.05)
    address = f"sqlite:///{tmp_path / 'threads.db'}"
    database = open_database(address)
    thread_id = thread_with(database, SECRET)
    reader = sqlite3.connect(tmp_path / "threads.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM turns").fetchone()
    assert not Threads(database).delete(thread_id)
    assert SECRET.encode() in bytes_of(tmp_path)
    reader.close()
    with open_database(address):
        assert SECRET.encode() not in bytes_of(tmp_path)
    database.close()
