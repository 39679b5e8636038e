"""Whoever writes may be killed at any moment: what was acknowledged is there, and nothing is there by halves."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.review.reviews import Reviews
from app.store.author import LOCAL, Author, Receipt
from app.store.database import Database, open_database
from app.store.receipts import Receipts
from app.store.threads import Threads
from app.store.uploads import Uploads, UploadState
from app.store.verify import verify
from tests.app.store.databases import PYTHON, ROOT, thread_with

#: What each child does under the receipt "key N", and prints once it is acknowledged.
WRITES = {
    "thread": "Threads(database, author).create()",
    "review": "Reviews(database, author).comment(REVIEW, author='Nurse Example', text='x' * 9000).history[-1].number",
    "upload": "Uploads(database, author).add({'document.md': b'x' * 200_000}, {'number': number})",
}
CHILD = """
import sys
import app.store.receipts
from app.review.reviews import Reviews
from app.store.author import Author, Receipt
from app.store.database import open_database
from app.store.threads import Threads
from app.store.uploads import Uploads
database = open_database(sys.argv[1])
REVIEW, hold = sys.argv[2:4]
record = app.store.receipts.record
def record_and_hold(connection, **fields):
    record(connection, **fields)
    print("in the middle", flush=True)
    sys.stdin.readline()
if hold == "hold":
    app.store.receipts.record = record_and_hold
for number in range(1, 100_000):
    author = Author(receipt=Receipt(f"key {number}", "f" * 64))
    print(WRITE, flush=True)
"""
ONE_LEASE = timedelta(seconds=1)
TABLES = ("threads", "turns", "review_events", "uploads", "upload_files", "receipts", "audit")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with open_database(url) as opened:
        yield opened


@contextmanager
def child(database: Database, write: str, *, hold: bool) -> Iterator["subprocess.Popen[str]"]:
    """A process that writes until it is killed, at the latest when this ends."""
    review_id = Reviews(database).submit(thread_with(database, "one"), 1)
    address = database.engine.url.render_as_string(hide_password=False)
    program = CHILD.replace("WRITE", WRITES[write])
    command = [PYTHON, "-c", program, address, review_id, "hold" if hold else "go"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=30)


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def counts(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in TABLES}


def there(database: Database, write: str, acknowledged: str) -> bool:
    """Whether what was acknowledged by these words is stored whole."""
    if write == "thread":
        return Threads(database).get(acknowledged).turns == ()
    if write == "review":
        (queued,) = Reviews(database).queue()
        return Reviews(database).get(queued.id).history[int(acknowledged) - 1].text == "x" * 9000
    return Uploads(database).get(acknowledged).state is UploadState.ACCEPTED


@pytest.mark.parametrize("write", WRITES)
def test_a_killed_writer_loses_nothing_that_was_acknowledged(database: Database, write: str) -> None:
    with child(database, write, hold=False) as process:
        told = [line(process) for _ in range(10)]
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        told += [words.strip() for words in process.stdout.readlines() if words.endswith("\n")]
        assert process.wait(timeout=30) == -signal.SIGKILL
    assert all(there(database, write, words) for words in told)
    found = [Receipts(database).find(LOCAL, f"key {number}") for number in range(1, len(told) + 1)]
    assert all(receipt is not None and receipt.subject.endswith(told[n]) for n, receipt in enumerate(found))
    assert verify(database).whole


@pytest.mark.parametrize("write", WRITES)
def test_a_writer_killed_in_the_middle_leaves_nothing_and_the_request_can_be_sent_again(
    database: Database, write: str
) -> None:
    with child(database, write, hold=True) as process:
        before = counts(database)
        assert line(process) == "in the middle"
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=30) == -signal.SIGKILL
        assert counts(database) == before
    assert Receipts(database).find(LOCAL, "key 1") is None
    assert verify(database).whole
    Threads(database, Author(receipt=Receipt("key 1", "f" * 64))).create()  # no lock of the dead one is left
    assert counts(database)["receipts"] == 1


WORKER = """
import sys
from app.store.database import open_database
from app.store.uploads import Uploads
claimed = Uploads.claim(open_database(sys.argv[1]), 1.0)
print(claimed.id, flush=True)
sys.stdin.readline()
"""


def test_the_upload_of_a_killed_worker_is_taken_up_by_another(database: Database) -> None:
    upload_id = Uploads(database).add({"document.md": b"words"})
    address = database.engine.url.render_as_string(hide_password=False)
    command = [PYTHON, "-c", WORKER, address]
    worker = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert line(worker) == upload_id
    assert Uploads(database).get(upload_id).state is UploadState.WORKING
    worker.kill()
    worker.communicate(timeout=30)
    ahead = Database(database.engine, lambda: database.clock() + ONE_LEASE)
    taken = Uploads.claim(ahead, 60)
    assert taken is not None
    assert (taken.id, taken.files) == (upload_id, {"document.md": b"words"})
    taken.finish("a-notice")
    assert Uploads(database).get(upload_id).document_id == "a-notice"
