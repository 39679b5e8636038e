"""What belongs to one tenant is to another as if it had never been."""

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from app.review.reviews import Reviews
from app.store.audit import entries
from app.store.author import Author
from app.store.claims import Claimed
from app.store.database import Database, open_database
from app.store.errors import NotFound
from app.store.threads import Threads
from app.store.uploads import Uploads
from app.store.verify import verify
from rag.followup.models import Message
from tests.app.store.databases import START, turn

NORTH, SOUTH = Author(actor="key:north", tenant="north"), Author(actor="key:south", tenant="south")
LONG_WAY = timedelta(hours=14)
NEVER_WAS = "AAAAAAAAAAAAAAAAAAAAAA"

Use = Callable[[Threads, str], object]
#: Every method that names a thread.
OF_A_THREAD: dict[str, Use] = {
    "begin": lambda threads, thread_id: threads.begin(thread_id, Message(text="Mine now.")),
    "append": lambda threads, thread_id: threads.append(thread_id, turn("Mine now."), expected=1),
    "get": lambda threads, thread_id: threads.get(thread_id),
    "turn": lambda threads, thread_id: threads.turn(thread_id, 1),
    "row": lambda threads, thread_id: threads.row(thread_id),
    "rename": lambda threads, thread_id: threads.rename(thread_id, "Mine now"),
    "delete": lambda threads, thread_id: threads.delete(thread_id),
}


def thread_of(database: Database, author: Author, said: str = "About the neck.") -> str:
    threads = Threads(database, author)
    thread_id = threads.create()
    threads.append(thread_id, turn(said), expected=0)
    return thread_id


def words_of(refused: Callable[[], object]) -> str:
    with pytest.raises(NotFound) as found:
        refused()
    return str(found.value)


def public_methods(kind: type[Any]) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}


def test_the_tables_below_name_every_method() -> None:
    assert public_methods(Threads) == {*OF_A_THREAD, "create", "recent"}
    assert public_methods(Uploads) == {"add", "get", "recent", "claim"}


@pytest.mark.parametrize("method", OF_A_THREAD)
def test_anothers_thread_is_refused_in_the_words_for_one_that_never_was(database: Database, method: str) -> None:
    thread_id, use, south = thread_of(database, NORTH), OF_A_THREAD[method], Threads(database, SOUTH)
    before, kept = verify(database), Threads(database, NORTH).get(thread_id)
    said = words_of(lambda: use(south, thread_id))
    assert said == words_of(lambda: use(south, NEVER_WAS)).replace(NEVER_WAS, thread_id)
    assert verify(database) == before
    assert Threads(database, NORTH).get(thread_id) == kept
    use(Threads(database, NORTH), thread_id)  # whose it is can


@pytest.mark.parametrize("method", OF_A_THREAD)
def test_that_another_deleted_a_thread_is_not_told(database: Database, method: str) -> None:
    thread_id, use = thread_of(database, NORTH), OF_A_THREAD[method]
    Threads(database, NORTH).delete(thread_id)
    assert "was deleted" in words_of(lambda: use(Threads(database, NORTH), thread_id))
    said = words_of(lambda: use(Threads(database, SOUTH), thread_id))
    assert said == words_of(lambda: use(Threads(database, SOUTH), NEVER_WAS)).replace(NEVER_WAS, thread_id)


def test_a_list_holds_the_tenants_own_threads(database: Database) -> None:
    mine = {tenant: thread_of(database, tenant) for tenant in (NORTH, SOUTH)}
    for author, thread_id in mine.items():
        assert [row.id for row in Threads(database, author).recent()] == [thread_id]
    assert Threads(database).recent() == ()


NO_IDS = ("", "\x00", "\ud800", "x" * 65, "%", "' OR 1=1 --", "a b", "naïve", "-" * 10_000, "a\n")


def test_what_is_no_id_is_not_found(database: Database) -> None:
    threads = Threads(database)
    for use in OF_A_THREAD.values():
        for given in NO_IDS:
            assert words_of(partial(use, threads, given)).startswith("There is no thread")


def test_a_turn_that_is_not_there_is_not_found(database: Database) -> None:
    thread_id, threads = thread_of(database, NORTH), Threads(database, NORTH)
    for number in (0, -1, 2, 2**31, 2**63, 10**40):
        assert f"none numbered {number}" in words_of(partial(threads.turn, thread_id, number))


def test_the_trail_names_the_key_of_whoever_did_it(database: Database) -> None:
    thread_of(database, NORTH)
    with database.reading() as connection:
        assert {entry.actor for entry in entries(connection)} == {"key:north"}


def test_anothers_upload_is_refused_in_the_words_for_one_that_never_was(database: Database) -> None:
    north, south = Uploads(database, NORTH), Uploads(database, SOUTH)
    upload_id = north.add({"document.md": b"words"})
    said = words_of(lambda: south.get(upload_id))
    assert said == words_of(lambda: south.get(NEVER_WAS)).replace(NEVER_WAS, upload_id)
    assert (south.recent(), [upload.id for upload in north.recent()]) == ((), [upload_id])


def test_a_worker_takes_the_uploads_of_all_and_each_stays_its_tenants(database: Database) -> None:
    for author in (NORTH, SOUTH):
        Uploads(database, author).add({"document.md": author.tenant.encode()})
    taken: list[Claimed] = []
    while claimed := Uploads.claim(database, 60):
        taken.append(claimed)
        claimed.finish(f"of-{claimed.tenant}")
    assert [(one.tenant, one.actor, one.files) for one in taken] == [
        ("north", "key:north", {"document.md": b"north"}),
        ("south", "key:south", {"document.md": b"south"}),
    ]
    assert [upload.document_id for upload in Uploads(database, SOUTH).recent()] == ["of-south"]


def pages(read: Callable[[tuple[Any, str] | None], tuple[Any, ...]], moment: str) -> list[str]:
    """The ids on page after page, until one is empty."""
    found: list[str] = []
    after: tuple[Any, str] | None = None
    while rows := read(after):
        found += [row.id for row in rows]
        after = (getattr(rows[-1], moment), rows[-1].id)
        assert len(found) < 100
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize("at_once", [False, True], ids=["one after another", "all in one moment"])
def test_pages_hold_every_thread_once_and_in_order(
    database: Database, monkeypatch: pytest.MonkeyPatch, limit: int, at_once: bool
) -> None:
    if at_once:
        moment = database.clock()
        database = Database(database.engine, lambda: moment)
    made = [thread_of(database, NORTH) for _ in range(5)]
    thread_of(database, SOUTH)
    threads = Threads(database, NORTH)
    found = pages(lambda after: threads.recent(limit, after), "updated_at")
    assert found == (sorted(made) if at_once else made[::-1])
    assert found == [row.id for row in threads.recent()]


def test_a_place_that_somebody_made_up_has_no_page(database: Database) -> None:
    thread_of(database, NORTH)
    Uploads(database, NORTH).add({"document.md": b""})
    moments = (datetime.max.replace(tzinfo=timezone(-LONG_WAY)), datetime.min.replace(tzinfo=timezone(LONG_WAY)))
    for place in (*((moment, NEVER_WAS) for moment in moments), *((START, given) for given in NO_IDS)):
        assert Threads(database, NORTH).recent(after=place) == ()
        assert Uploads(database, NORTH).recent(after=place) == ()
        assert Reviews(database, NORTH).queue(after=place) == ()


def test_a_page_is_read_by_the_index(sqlite_url: str) -> None:
    query = "EXPLAIN QUERY PLAN SELECT id FROM threads WHERE tenant = 'x' ORDER BY updated_at DESC LIMIT 5"
    with open_database(sqlite_url) as database, database.reading() as connection:
        assert "ix_threads_tenant_updated_at" in str(connection.execute(text(query)).all())
