"""The trail only grows, every kind of tampering is found, and many writers keep one chain."""

import hashlib
import json
import signal
import subprocess

import pytest
from sqlalchemy import Connection, text

from app.store.audit import Action, entries, head, record, thread_subject
from app.store.author import Author
from app.store.database import Database, open_database
from app.store.errors import StoreError
from app.store.threads import Threads
from app.store.verify import Damage, verify
from tests.app.store.databases import PYTHON, ROOT, START, attacked, raises_in_words, thread_with, turn

WRITER = """
import sys
from app.store.database import open_database
from app.store.threads import Threads
from tests.app.store.databases import thread_with, turn
database = open_database(sys.argv[1])
threads = Threads(database)
thread_id = threads.create()
print(thread_id, flush=True)
for number in range(int(sys.argv[2])):
    threads.append(thread_id, turn(f"said {number} " + "x" * 20000), expected=number)
    print(number + 1, flush=True)
"""


def start_writer(url: str, turns: int) -> "subprocess.Popen[str]":
    return subprocess.Popen([PYTHON, "-c", WRITER, url, str(turns)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def trail(database: Database) -> Database:
    """Seven entries: two threads, with three and two turns."""
    thread_with(database, "one", "two", "three")
    thread_with(database, "another", "and more")
    assert verify(database).entries == 7
    return database


def test_a_chain_nobody_touched_is_whole(trail: Database) -> None:
    report = verify(trail)
    assert report.whole
    assert (report.entries, report.checked) == (7, 5)


def test_an_empty_trail_is_whole(database: Database) -> None:
    assert verify(database).whole


def test_an_entry_hashes_all_its_fields_as_documented(trail: Database) -> None:
    with trail.reading() as connection:
        found = list(entries(connection))
        assert head(connection) == (7, found[-1].hash)
    assert found[0].previous == "0" * 64
    for entry in found:
        fields = [entry.seq, entry.at, entry.actor, entry.action, entry.subject, entry.digest, entry.previous]
        encoded = json.dumps(["audit", 1, *fields], separators=(",", ":"), ensure_ascii=False).encode()
        assert entry.hash == hashlib.sha256(encoded).hexdigest()
    assert [entry.hash for entry in found[:-1]] == [entry.previous for entry in found[1:]]


def test_an_entry_holds_no_word_that_was_said(trail: Database) -> None:
    with trail.reading() as connection:
        text_of_all = " ".join(entry.model_dump_json() for entry in entries(connection))
    assert not any(word in text_of_all for word in ("one", "another", "Here is the article"))


def test_the_same_words_have_another_digest_in_each_thread(database: Database) -> None:
    thread_with(database, "the same")
    thread_with(database, "the same")
    with database.reading() as connection:
        digests = [entry.digest for entry in entries(connection) if entry.digest]
    assert len(set(digests)) == 2


def test_the_last_entries_come_in_order(trail: Database) -> None:
    with trail.reading() as connection:
        assert [entry.seq for entry in entries(connection, last=3)] == [5, 6, 7]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'x' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 7",
        "DELETE FROM audit",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET entries = 3",
        "UPDATE audit_head SET hash = 'x'",
    ],
)
def test_the_database_itself_refuses_to_change_the_trail(trail: Database, statement: str) -> None:
    with raises_in_words(StoreError, "the audit trail only grows"), trail.writing() as connection:
        connection.execute(text(statement))
    assert verify(trail).whole


def test_no_entry_can_be_replaced_or_the_table_emptied(trail: Database) -> None:
    statement = "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2" if trail.is_file else "TRUNCATE audit"
    with raises_in_words(StoreError, "the audit trail only grows"), trail.writing() as connection:
        connection.execute(text(statement))


_RENUMBER = "UPDATE audit SET seq = seq - 1 WHERE seq = {}"
ATTACKS = [
    ("an actor changed", ["UPDATE audit SET actor = 'nobody' WHERE seq = 3"], 3, Damage.CHANGED),
    ("a time changed", ["UPDATE audit SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 5"], 5, Damage.CHANGED),
    ("a digest taken away", ["UPDATE audit SET digest = NULL WHERE seq = 2"], 2, Damage.CHANGED),
    ("a hash changed", [f"UPDATE audit SET hash = '{'a' * 64}' WHERE seq = 4"], 4, Damage.CHANGED),
    ("the first changed", ["UPDATE audit SET subject = 'x' WHERE seq = 1"], 1, Damage.CHANGED),
    ("the last changed", ["UPDATE audit SET subject = 'x' WHERE seq = 7"], 7, Damage.CHANGED),
    ("a link changed", [f"UPDATE audit SET previous = '{'b' * 64}' WHERE seq = 4"], 4, Damage.CHANGED),
    ("one removed", ["DELETE FROM audit WHERE seq = 3"], 3, Damage.REMOVED),
    ("two removed", ["DELETE FROM audit WHERE seq IN (3, 4)"], 3, Damage.REMOVED),
    ("the first removed", ["DELETE FROM audit WHERE seq = 1"], 1, Damage.REMOVED),
    (
        "one removed and the gap closed",
        ["DELETE FROM audit WHERE seq = 5", _RENUMBER.format(6), _RENUMBER.format(7)],
        5,
        Damage.REMOVED,
    ),
    (
        "two put in each other's place",
        [
            "UPDATE audit SET seq = 99 WHERE seq = 3",
            "UPDATE audit SET seq = 3 WHERE seq = 4",
            "UPDATE audit SET seq = 4 WHERE seq = 99",
        ],
        3,
        Damage.REORDERED,
    ),
    ("the last removed", ["DELETE FROM audit WHERE seq = 7"], 7, Damage.END_REMOVED),
    ("the end removed", ["DELETE FROM audit WHERE seq > 4"], 5, Damage.END_REMOVED),
    ("all removed", ["DELETE FROM audit"], 1, Damage.END_REMOVED),
    ("the head turned back", ["UPDATE audit_head SET entries = 5"], 6, Damage.END_ADDED),
    ("the head lost", ["DELETE FROM audit_head"], 1, Damage.END_ADDED),
]


@pytest.mark.parametrize(
    ("statements", "seq", "damage"), [attack[1:] for attack in ATTACKS], ids=[attack[0] for attack in ATTACKS]
)
def test_tampering_with_the_trail_is_found_where_it_begins(
    trail: Database, statements: list[str], seq: int, damage: Damage
) -> None:
    attacked(trail, *statements)
    broken = verify(trail).broken
    assert broken is not None
    assert (broken.seq, broken.damage) == (seq, damage)


@pytest.mark.parametrize("column", ["actor", "hash", "previous", "digest"])
def test_bytes_in_the_place_of_text_are_found_and_stop_nothing(sqlite_url: str, column: str) -> None:
    with open_database(sqlite_url) as database:
        thread_with(database, "one", "two")
        attacked(database, f"UPDATE audit SET {column} = x'ff00' WHERE seq = 2", "UPDATE turns SET body = x'ff00'")
        report = verify(database)
        assert report.broken is not None
        assert (report.broken.seq, report.broken.damage) == (2, Damage.CHANGED)
        assert [fault.seq for fault in report.contents] == [2, 3]


def rehash(connection: Connection, seq: int) -> None:
    """Compute the hash of one entry anew, so that it fits its content."""
    entry = next(entry for entry in entries(connection) if entry.seq == seq)
    statement = text("UPDATE audit SET hash = :hash WHERE seq = :seq")
    connection.execute(statement, {"hash": entry.expected_hash(), "seq": seq})


def test_an_entry_written_anew_with_a_hash_that_fits_is_found_by_its_follower(trail: Database) -> None:
    attacked(trail, "UPDATE audit SET actor = 'nobody' WHERE seq = 3")
    with trail.writing() as connection:
        rehash(connection, 3)
    broken = verify(trail).broken
    assert broken is not None
    assert (broken.seq, broken.damage) == (3, Damage.CHANGED)


def test_the_last_entry_written_anew_is_found_by_the_head(trail: Database) -> None:
    attacked(trail, "UPDATE audit SET actor = 'nobody' WHERE seq = 7")
    with trail.writing() as connection:
        rehash(connection, 7)
    broken = verify(trail).broken
    assert broken is not None
    assert (broken.seq, broken.damage) == (7, Damage.CHANGED)


def test_a_chain_written_anew_as_a_whole_is_seen_only_by_who_noted_a_hash(trail: Database) -> None:
    noted = verify(trail).head
    attacked(trail, "DELETE FROM audit WHERE seq = 7", "UPDATE audit_head SET entries = 6")
    with trail.writing() as connection:
        last = list(entries(connection))[-1].hash
        connection.execute(text("UPDATE audit_head SET hash = :hash"), {"hash": last})
    assert verify(trail).broken is None
    broken = verify(trail, known=noted).broken
    assert broken is not None
    assert broken.damage is Damage.REWRITTEN
    assert verify(trail, known=last.upper()).broken is None


CONTENT = [
    ("a turn changed", "UPDATE turns SET body = replace(body, 'two', 'six') WHERE number = 2", "changed after", 3),
    ("a turn removed", "DELETE FROM turns WHERE number = 3", "removed, and its thread was not deleted", 4),
    ("a thread removed", "DELETE FROM threads WHERE turns = 2", "removed, and its thread was not deleted", 6),
    (
        "a turn put in by hand",
        "INSERT INTO turns SELECT thread_id, 9, at, body FROM turns WHERE number = 3",
        "without an entry",
        None,
    ),
]


@pytest.mark.parametrize(("statement", "why", "seq"), [case[1:] for case in CONTENT], ids=[case[0] for case in CONTENT])
def test_stored_words_that_do_not_fit_the_trail_are_found(
    trail: Database, statement: str, why: str, seq: int | None
) -> None:
    with trail.writing() as connection:
        connection.execute(text(statement))
    report = verify(trail)
    assert report.broken is None
    assert not report.whole
    assert why in report.contents[0].why
    assert report.contents[0].seq == seq


def test_two_turns_cannot_change_places_unseen(trail: Database) -> None:
    with trail.writing() as connection:
        for old, new in ((1, 90), (2, 1), (90, 2)):
            connection.execute(text(f"UPDATE turns SET number = {new} WHERE number = {old}"))
    assert len(verify(trail).contents) == 4


def test_a_change_that_is_not_kept_leaves_no_entry(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        record(connection, at=START, actor="user", action=Action.THREAD_CREATED, subject=thread_subject("x"))
        raise ZeroDivisionError
    assert verify(database).entries == 0


@pytest.mark.parametrize("actor", ["Dr. Jane Doe", "", "Ärztin", "x" * 41, "two words"])
def test_an_actor_is_a_role_and_no_name(database: Database, actor: str) -> None:
    threads = Threads(database, author=Author(actor=actor))
    with raises_in_words(StoreError, "a role"):
        threads.create()
    assert threads.recent() == ()


def test_several_processes_keep_one_chain(url: str) -> None:
    open_database(url).close()
    writers = [start_writer(url, 8) for _ in range(3)]
    said = [writer.communicate(timeout=60)[0].split() for writer in writers]
    assert [words[1:] for words in said] == [[str(n) for n in range(1, 9)]] * 3
    with open_database(url) as database:
        report = verify(database)
        assert report.whole
        assert (report.entries, report.checked) == (3 * 9, 3 * 8)
        assert all(len(Threads(database).get(words[0]).turns) == 8 for words in said)


def test_a_killed_writer_loses_no_turn_that_it_was_told_is_stored(url: str) -> None:
    writer = start_writer(url, 100_000)
    assert writer.stdout is not None
    thread_id = writer.stdout.readline().strip()
    told = [writer.stdout.readline() for _ in range(12)]
    writer.send_signal(signal.SIGKILL)
    told += writer.stdout.readlines()
    writer.wait(timeout=30)
    with open_database(url) as database:
        stored = Threads(database).get(thread_id).turns
        assert len(stored) >= int([line for line in told if line.endswith("\n")][-1]) >= 12
        assert [turn.said.split()[1] for turn in stored] == [str(n) for n in range(len(stored))]
        assert verify(database).whole
        Threads(database).append(thread_id, turn("after the crash"), expected=len(stored))
