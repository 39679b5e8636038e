"""A request that is sent twice is carried out once, and its receipt holds nothing of what it said."""

import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.store.author import LOCAL, Author, Receipt
from app.store.database import Database, open_database
from app.store.errors import Conflict, StoreError
from app.store.receipts import KEPT, Receipts
from app.store.threads import Threads
from app.store.verify import verify
from rag.followup.models import Message
from tests.app.store.databases import PYTHON, ROOT, Ticking, raises_in_words, thread_with, turn

PRINT, OTHER_PRINT = "a" * 64, "b" * 64
ONCE = Receipt("key-of-the-request", PRINT)


def by(receipt: Receipt | None = ONCE, *, tenant: str = LOCAL) -> Author:
    return Author(tenant=tenant, receipt=receipt)


def counted(database: Database, table: str) -> int:
    with database.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_a_receipt_names_what_came_of_the_request(database: Database) -> None:
    thread_id = Threads(database, by()).create()
    found = Receipts(database).find(LOCAL, ONCE.key)
    assert found is not None
    assert found.subject == f"thread:{thread_id}"


def test_a_turn_has_a_receipt_with_its_number(database: Database) -> None:
    thread_id = thread_with(database, "one")
    threads = Threads(database, by())
    threads.begin(thread_id, Message(text="two"))
    assert Receipts(database).find(LOCAL, ONCE.key) is None  # taken, not yet answered
    threads.append(thread_id, turn("two"), expected=1)
    found = Receipts(database).find(LOCAL, ONCE.key)
    assert found is not None
    assert found.subject == f"thread:{thread_id}/turn:2"


@pytest.mark.parametrize(
    ("fingerprint", "same"), [(PRINT, True), (OTHER_PRINT, False), ("", False), ("no hash: ä\ud800", False)]
)
def test_the_same_request_is_told_from_another_under_its_key(database: Database, fingerprint: str, same: bool) -> None:
    Threads(database, by()).create()
    found = Receipts(database).find(LOCAL, ONCE.key)
    assert found is not None
    assert found.matches(fingerprint) is same


def test_a_second_change_under_the_same_key_is_refused_and_undone(database: Database) -> None:
    thread_id = Threads(database, by()).create()
    before = verify(database)
    changes: tuple[Callable[[Threads], object], ...] = (
        lambda threads: threads.create(),
        lambda threads: threads.append(thread_id, turn(), expected=0),
        lambda threads: threads.rename(thread_id, "another title"),
        lambda threads: threads.delete(thread_id),
    )
    for change in changes:
        with raises_in_words(Conflict, "Idempotency-Key", "nothing was changed"):
            change(Threads(database, by(Receipt(ONCE.key, OTHER_PRINT))))
    after = verify(database)
    assert after.whole
    assert (after.entries, after.head) == (before.entries, before.head)
    stored = Threads(database).get(thread_id)
    assert (stored.turns, stored.title) == ((), None)


def test_a_change_that_fails_leaves_the_key_free(database: Database) -> None:
    thread_id = thread_with(database, "one")
    with pytest.raises(Conflict):
        Threads(database, by()).append(thread_id, turn(), expected=7)
    assert Receipts(database).find(LOCAL, ONCE.key) is None
    assert Threads(database, by()).append(thread_id, turn(), expected=1) == 2


def test_each_tenant_has_keys_of_its_own(database: Database) -> None:
    Threads(database, by(tenant="north")).create()
    assert Receipts(database).find("south", ONCE.key) is None
    Threads(database, by(tenant="south")).create()
    subjects = {tenant: Receipts(database).find(tenant, ONCE.key) for tenant in ("north", "south")}
    assert subjects["north"] != subjects["south"]


@pytest.mark.parametrize(
    ("age", "there"), [(timedelta(hours=23), True), (KEPT, True), (KEPT + timedelta(seconds=1), False)]
)
def test_a_receipt_is_kept_for_a_day(database: Database, age: timedelta, there: bool) -> None:
    Threads(database, by()).create()
    clock = database.clock
    assert isinstance(clock, Ticking)
    clock.now += age - timedelta(seconds=1)  # it ticks once more when it is asked
    assert (Receipts(database).find(LOCAL, ONCE.key) is not None) is there


def test_after_a_day_its_row_is_gone_and_its_key_is_free(database: Database) -> None:
    Threads(database, by()).create()
    clock = database.clock
    assert isinstance(clock, Ticking)
    clock.now += KEPT + timedelta(seconds=1)
    assert Receipts(database).find(LOCAL, ONCE.key) is None
    Threads(database, by(Receipt("another", PRINT))).create()
    assert counted(database, "receipts") == 1
    Threads(database, by()).create()
    clock.now += KEPT + timedelta(seconds=1)
    assert Receipts(database).purge() == 2
    assert counted(database, "receipts") == 0


def test_a_receipt_goes_with_its_thread(database: Database) -> None:
    thread_id = Threads(database, by()).create()
    Threads(database, by(Receipt("second", PRINT))).append(thread_id, turn(), expected=0)
    assert counted(database, "receipts") == 2
    Threads(database).delete(thread_id)
    assert counted(database, "receipts") == 0
    assert Receipts(database).find(LOCAL, ONCE.key) is None


@pytest.mark.parametrize("key", ["MRN 00123 Zyxomma", "x" * 255, "\x00", "\ud800", "ключ"])
def test_what_a_client_put_into_the_key_or_the_request_is_not_stored(database: Database, key: str) -> None:
    Threads(database, by(Receipt(key, PRINT))).create()
    found = Receipts(database).find(LOCAL, key)
    assert found is not None
    assert found.matches(PRINT)
    with database.reading() as connection:
        (row,) = connection.execute(text("SELECT * FROM receipts")).all()
    assert key not in row
    assert PRINT not in row


def test_the_same_request_leaves_another_fingerprint_under_each_key(database: Database) -> None:
    for key in ("one", "two"):
        Threads(database, by(Receipt(key, PRINT))).create()
    with database.reading() as connection:
        assert len(set(connection.execute(text("SELECT fingerprint FROM receipts")).scalars())) == 2


def test_without_a_receipt_nothing_is_kept(database: Database) -> None:
    Threads(database, by().without_receipt()).create()
    assert counted(database, "receipts") == 0


def test_a_change_whose_audit_entry_cannot_be_written_leaves_no_receipt(database: Database) -> None:
    with raises_in_words(StoreError, "a role"):
        Threads(database, Author(actor="Dr. No Role", receipt=ONCE)).create()
    assert counted(database, "receipts") == 0


RACER = """
import sys
from app.store.author import Author, Receipt
from app.store.database import open_database
from app.store.errors import Conflict
from app.store.threads import Threads
with open_database(sys.argv[1]) as database:
    sys.stdin.readline()
    for number in range(int(sys.argv[2])):
        try:
            Threads(database, Author(receipt=Receipt(f"key {number}", "f" * 64))).create()
            print("done")
        except Conflict:
            print("conflict")
"""
ROUNDS = 40


def test_of_two_processes_with_one_key_one_wins_each_time(url: str) -> None:
    open_database(url).close()
    command = [PYTHON, "-c", RACER, url, str(ROUNDS)]
    racers = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [racer.communicate("go\n", timeout=60)[0].split() for racer in racers]
    assert all(sorted(pair) == ["conflict", "done"] for pair in zip(*said, strict=True))
    with open_database(url) as database:
        assert len(Threads(database).recent(200)) == counted(database, "receipts") == ROUNDS
        assert verify(database).whole
