"""An upload waits until somebody has worked on it, however often those who do are killed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.store.audit import entries
from app.store.author import Author, Receipt
from app.store.claims import MOST_ATTEMPTS, Claimed
from app.store.database import Database
from app.store.documents import Documents
from app.store.errors import Conflict, NotFound, StoreError
from app.store.receipts import Receipts
from app.store.uploads import Uploads, UploadState
from app.store.verify import verify
from tests.app.store.databases import Ticking, raises_in_words
from tests.app.store.test_tenants import NO_IDS, pages

FILES = {"document.md": b"# A notice\n\xff\x00", "criteria.yaml": b""}
FORM = {"kind": "safety", "codes": ["62321"], "title": "Zyxomma \ud800"}
LEASE = 60


@pytest.fixture
def uploads(database: Database) -> Uploads:
    return Uploads(database, Author(actor="key:north", tenant="north"))


def claimed(uploads: Uploads) -> Claimed:
    taken = Uploads.claim(uploads.database, LEASE)
    assert taken is not None
    return taken


def later(database: Database, seconds: float) -> None:
    clock = database.clock
    assert isinstance(clock, Ticking)
    clock.now += timedelta(seconds=seconds)


def actions(database: Database) -> list[tuple[str, str, str]]:
    with database.reading() as connection:
        return [(entry.actor, entry.action, entry.subject) for entry in entries(connection)]


def contents_left(database: Database) -> tuple[int, int]:
    """How many files are kept, and how many forms."""
    with database.reading() as connection:
        queries = ("SELECT count(*) FROM upload_files", "SELECT count(form) FROM uploads")
        files, forms = (connection.execute(text(query)).scalar_one() for query in queries)
    return files, forms


def test_what_was_given_comes_to_the_worker_as_it_was(uploads: Uploads) -> None:
    upload_id = uploads.add(FILES, FORM, replace=True)
    assert uploads.get(upload_id).state is UploadState.ACCEPTED
    taken = claimed(uploads)
    assert (taken.id, taken.tenant, taken.files, taken.form, taken.replace) == (upload_id, "north", FILES, FORM, True)
    assert uploads.get(upload_id).state is UploadState.WORKING


def test_a_form_need_not_be_there(uploads: Uploads) -> None:
    uploads.add(FILES)
    taken = claimed(uploads)
    assert (taken.form, taken.replace) == (None, False)


def test_a_document_that_came_of_it_is_named_and_its_contents_are_gone(uploads: Uploads) -> None:
    upload_id = uploads.add(FILES, FORM)
    claimed(uploads).finish("a-notice")
    upload = uploads.get(upload_id)
    assert (upload.state, upload.document_id, upload.problems) == (UploadState.READY, "a-notice", ())
    assert upload.updated_at > upload.created_at
    assert contents_left(uploads.database) == (0, 0)
    assert Uploads.claim(uploads.database, LEASE) is None


def test_why_it_became_none_is_kept_and_its_contents_are_gone(uploads: Uploads) -> None:
    upload_id = uploads.add(FILES, FORM)
    problems = ("document.md: no front matter. Add one.", "“ä\ud800\x00”")
    claimed(uploads).fail(problems)
    upload = uploads.get(upload_id)
    assert (upload.state, upload.document_id, upload.problems) == (UploadState.FAILED, None, problems)
    assert contents_left(uploads.database) == (0, 0)
    assert Uploads.claim(uploads.database, LEASE) is None


def test_the_oldest_comes_first_and_nobody_gets_one_that_is_in_hand(uploads: Uploads) -> None:
    ids = [uploads.add(FILES) for _ in range(3)]
    assert [claimed(uploads).id for _ in ids] == ids
    assert Uploads.claim(uploads.database, LEASE) is None


def test_one_whose_worker_does_not_come_back_is_taken_up_by_another(uploads: Uploads) -> None:
    upload_id = uploads.add(FILES)
    claimed(uploads)
    later(uploads.database, LEASE - 3)
    assert Uploads.claim(uploads.database, LEASE) is None
    later(uploads.database, 3)
    again = claimed(uploads)
    assert (again.id, again.files) == (upload_id, FILES)
    again.finish("a-notice")


OUTCOMES: list[Callable[[Claimed], None]] = [
    lambda taken: taken.finish("mine"),
    lambda taken: taken.fail(["mine"]),
    lambda taken: taken.renew(LEASE),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=["finish", "fail", "renew"])
def test_who_lost_it_to_another_cannot_say_what_became_of_it(
    uploads: Uploads, outcome: Callable[[Claimed], None]
) -> None:
    upload_id = uploads.add(FILES)
    slow = claimed(uploads)
    later(uploads.database, LEASE + 1)
    quick = claimed(uploads)
    for _ in range(2):
        with raises_in_words(Conflict, upload_id, "in other hands"):
            outcome(slow)
        if uploads.get(upload_id).state is UploadState.WORKING:
            quick.finish("a-notice")
    assert uploads.get(upload_id).document_id == "a-notice"


def test_who_is_late_and_still_has_it_may_finish(uploads: Uploads) -> None:
    upload_id = uploads.add(FILES)
    slow = claimed(uploads)
    later(uploads.database, LEASE + 1)
    slow.finish("a-notice")
    assert uploads.get(upload_id).state is UploadState.READY


def test_long_work_keeps_it_by_asking_again(uploads: Uploads) -> None:
    uploads.add(FILES)
    taken = claimed(uploads)
    for _ in range(3):
        later(uploads.database, LEASE - 5)
        taken.renew(LEASE)
        assert Uploads.claim(uploads.database, LEASE) is None
    taken.finish("a-notice")


def test_what_ends_its_worker_each_time_is_given_up_and_holds_up_nothing(uploads: Uploads) -> None:
    poison = uploads.add(FILES)
    for _ in range(MOST_ATTEMPTS):
        assert claimed(uploads).id == poison
        later(uploads.database, LEASE + 1)
    sound = uploads.add(FILES)
    assert claimed(uploads).id == sound
    upload = uploads.get(poison)
    assert upload.state is UploadState.FAILED
    assert f"cut short {MOST_ATTEMPTS} times" in upload.problems[0]
    assert contents_left(uploads.database) == (len(FILES), 0)
    assert actions(uploads.database)[-1] == ("key:north", "upload.failed", f"upload:{poison}")


def test_the_trail_has_every_step_and_nothing_of_the_contents(uploads: Uploads) -> None:
    good, bad = uploads.add(FILES, FORM), uploads.add(FILES, FORM)
    claimed(uploads).finish("a-notice")
    claimed(uploads).fail(["Zyxomma"])
    Documents(uploads.database, uploads.author).removed("a-notice")
    Documents(uploads.database).added("by-the-page")
    assert actions(uploads.database) == [
        ("key:north", "upload.accepted", f"upload:{good}"),
        ("key:north", "upload.accepted", f"upload:{bad}"),
        ("key:north", "upload.finished", f"upload:{good}"),
        ("key:north", "document.added", "tenant:north/document:a-notice"),
        ("key:north", "upload.failed", f"upload:{bad}"),
        ("key:north", "document.removed", "tenant:north/document:a-notice"),
        ("user", "document.added", "tenant:local/document:by-the-page"),
    ]
    assert verify(uploads.database).whole


def test_a_very_long_id_of_a_document_stands_in_the_trail_as_its_hash(uploads: Uploads) -> None:
    Documents(uploads.database, Author(tenant="t" * 63)).added("d" * 240)
    ((_, _, subject),) = actions(uploads.database)
    assert subject.startswith(f"tenant:{'t' * 63}/document-sha256:")
    assert len(subject) <= 160


def test_an_upload_sent_twice_is_kept_once(database: Database) -> None:
    uploads = Uploads(database, Author(tenant="north", receipt=Receipt("once", "f" * 64)))
    upload_id = uploads.add(FILES)
    with pytest.raises(Conflict):
        uploads.add(FILES)
    found = Receipts(database).find("north", "once")
    assert found is not None
    assert found.subject == f"upload:{upload_id}"
    assert contents_left(database) == (len(FILES), 0)


def test_a_name_no_file_should_have_is_refused(uploads: Uploads) -> None:
    for name in ("", "a\x00b", "\ud800.md", "x" * 256, "two\nlines", "\u202efdp.exe"):
        with raises_in_words(StoreError, "cannot be named"):
            uploads.add({"document.md": b"", name: b""})
    assert uploads.recent() == ()


def test_an_upload_of_nothing_is_refused(uploads: Uploads) -> None:
    with raises_in_words(StoreError, "no file"):
        uploads.add({})


def test_a_form_that_is_no_json_is_refused(uploads: Uploads) -> None:
    for form in ({"x": object()}, {"x": float("nan")}):
        with raises_in_words(StoreError, "no JSON"):
            uploads.add(FILES, form)
    assert uploads.recent() == ()


def test_what_is_no_id_is_not_found(uploads: Uploads) -> None:
    for given in NO_IDS:
        with raises_in_words(NotFound, "There is no upload"):
            uploads.get(given)


@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize("at_once", [False, True], ids=["one after another", "all in one moment"])
def test_pages_hold_every_upload_once_and_in_order(database: Database, limit: int, at_once: bool) -> None:
    if at_once:
        moment = database.clock()
        database = Database(database.engine, lambda: moment)
    uploads = Uploads(database)
    made = [uploads.add(FILES) for _ in range(4)]
    found = pages(lambda after: uploads.recent(limit, after), "created_at")
    assert found == (sorted(made) if at_once else made[::-1])
