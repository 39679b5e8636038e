"""Uploads become documents, or it is told why not; whoever is killed over one leaves it to another."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.api.logs import PlainFormatter
from app.desks.additions import addition_of
from app.desks.desks import Desks
from app.desks.jobs import Jobs
from app.desks.station import Station
from app.store.author import Author
from app.store.database import Database, open_database
from app.store.uploads import Upload, Uploads, UploadState
from ingest.errors import CacheError, IndexBusyError
from rag.errors import UserError
from tests.app.added_documents import document
from tests.app.desks.test_switching import ROOT

NOTICE = {"document.md": document("pond-notice", "## Finding {#finding use=safety}\n\nZebra harm.\n", kind="safety")}
FORM: Mapping[str, object] = {
    "title": "Letter of the Pond plan",
    "publisher": "Pond",
    "kind": "guideline",
    "url": "https://example.org/pond",
    "jurisdiction": "US",
    "version": "2026",
    "effective_from": "2026-01-01",
    "last_checked": "2026-02-01",
    "copyright": "(c) Pond",
    "cpt": ["62321"],
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        yield opened


def uploaded(
    database: Database, files: Mapping[str, bytes], form: Mapping[str, object] | None = None, *, tenant: str = "pond"
) -> str:
    return Uploads(database, Author("user", tenant)).add(files, form)


def found(database: Database, upload_id: str, *, tenant: str = "pond") -> Upload:
    return Uploads(database, Author("user", tenant)).get(upload_id)


def test_files_and_a_text_with_a_form_become_documents_of_their_tenant(desks: Desks, database: Database) -> None:
    jobs = Jobs(desks, database)
    complete = uploaded(database, NOTICE)
    text = uploaded(database, {"letter.txt": b"1. Steroids\n\nThe pond letter names the giraffe dose.\n"}, FORM)
    again = uploaded(database, NOTICE)
    assert [jobs.work() for _ in range(4)] == [True, True, True, False]
    assert [found(database, one).document_id for one in (complete, text, again)] == [
        "pond-notice",
        "letter-of-the-pond-plan",
        "pond-notice",
    ]
    documents = desks.of("pond").knowledge.documents
    assert documents["letter-of-the-pond-plan"].basis == "unconfirmed"
    assert "pond-notice" in documents
    assert "pond-notice" not in desks.of("sea").knowledge.documents


@pytest.mark.parametrize(
    ("files", "form", "said"),
    [
        ({"document.md": b"no front matter"}, None, "document.md:1:"),
        ({"document.md": b"\x89PNG\r\n\x1a\n\0\0"}, None, "document.md:1: not UTF-8 text"),
        ({"run.sh": b"rm -rf /"}, None, "run.sh:0: no file of a document"),
        ({"../../document.md": b"---"}, None, "document.md:0: no file of a document"),
        ({"letter.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}, FORM, "letter.txt:"),
        ({"letter.pdf": b"%PDF-1.7 broken"}, FORM, "letter.pdf:"),
        ({"a.txt": b"one", "b.txt": b"two"}, FORM, "There are 2 files with a form"),
        ({"a.txt": b"one"}, {**FORM, "title": " "}, "Not filled in: title"),
        ({"a.txt": b"one"}, {**FORM, "last_checked": "soon"}, "`last_checked` cannot be used"),
        ({"a.txt": b"one"}, {**FORM, "owner": "me"}, "The form has no field `owner`"),
        ({"a.txt": b"one"}, {**FORM, "kind": "poem"}, "document.md:"),
        ({"a.txt": b"one"}, {**FORM, "url": "file:///etc/passwd"}, "the url is no web address"),
    ],
)
def test_what_can_be_no_document_fails_with_what_to_mend(
    desks: Desks, database: Database, files: dict[str, bytes], form: Mapping[str, object] | None, said: str
) -> None:
    upload_id = uploaded(database, files, form, tenant="reef")
    assert Jobs(desks, database).work()
    upload = found(database, upload_id, tenant="reef")
    assert (upload.state, upload.document_id) == (UploadState.FAILED, None)
    assert any(said in problem for problem in upload.problems)
    assert "Traceback" not in " ".join(upload.problems)
    assert desks.of("reef").library.added == ()


def test_a_form_needs_its_fields() -> None:
    with pytest.raises(UserError, match="`publisher` cannot be used"):
        addition_of({"a.txt": b"one"}, {"title": "One"})


@pytest.mark.parametrize("error", [IndexBusyError("busy"), CacheError("full"), OSError("full"), UserError("no rest")])
def test_what_keeps_a_document_in_place_from_being_answered_from_is_tried_again_and_fails_no_upload(
    desks: Desks, database: Database, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    tenant = f"bay-{type(error).__name__.lower()}"
    upload_id = uploaded(database, NOTICE, tenant=tenant)
    jobs = Jobs(desks, database, lease_seconds=0.2)

    def fails(station: Station) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Station, "refresh", fails)
        assert jobs.work()
    assert found(database, upload_id, tenant=tenant).state == UploadState.WORKING
    time.sleep(0.3)
    assert jobs.work()
    assert found(database, upload_id, tenant=tenant).state == UploadState.READY
    assert "pond-notice" in desks.of(tenant).knowledge.documents


def test_a_look_for_work_that_fails_unexpectedly_is_not_the_last_one(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desks = Slow()
    desks.go_on.set()
    upload_id = uploaded(database, NOTICE)
    jobs = Jobs(desks, database, pause_seconds=0.05)  # type: ignore[arg-type]
    claim, failures = Uploads.claim, [ZeroDivisionError("once")]

    def fails_once(*given: object) -> object:
        if failures:
            raise failures.pop()
        return claim(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Uploads, "claim", fails_once)
    jobs.start()
    assert desks.begun.wait(10)
    jobs.stop()
    assert found(database, upload_id).state == UploadState.READY
    assert "ZeroDivisionError" in caplog.text


KILLED = """
import os, sys
from pathlib import Path
from app.desks.desks import Desks
from app.library import Library
from app.store.database import open_database
from app.store.uploads import Claimed
from app.desks.jobs import Jobs
from tests.conftest import WordEncoder

sys.argv[4] == "added" or setattr(Library, "add", lambda *given, **named: os._exit(9))
Claimed.finish = lambda *given: os._exit(9)
desks = Desks(Path(sys.argv[1]), None, Path(sys.argv[2]), encoder=WordEncoder())
Jobs(desks, open_database(sys.argv[3]), lease_seconds=2).work()
"""


@pytest.mark.parametrize("reached", ["claimed", "added"])
def test_a_job_whose_worker_is_killed_is_taken_up_by_another(
    desks: Desks, place: Path, database: Database, reached: str
) -> None:
    tenant = f"lake-{reached}"
    upload_id = uploaded(database, NOTICE, tenant=tenant)
    given = [str(place / "corpus"), str(place / "data"), database.engine.url.render_as_string(), reached]
    done = subprocess.run([sys.executable, "-c", KILLED, *given], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert found(database, upload_id, tenant=tenant).state == UploadState.WORKING
    jobs = Jobs(desks, database)
    deadline = time.monotonic() + 10
    while not jobs.work():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    upload = found(database, upload_id, tenant=tenant)
    assert (upload.state, upload.document_id) == (UploadState.READY, "pond-notice")
    assert desks.of(tenant).library.added == ("pond-notice",)


class Slow:
    """Desks on which to add takes until it is allowed."""

    def __init__(self, *, fails: bool = False) -> None:
        self.begun, self.go_on, self.fails = threading.Event(), threading.Event(), fails

    def add(self, tenant: str, addition: object, *, replace: bool) -> str:
        self.begun.set()
        assert self.go_on.wait(30)
        if self.fails:
            raise ZeroDivisionError("secret words of a file")
        return "pond-notice"


def test_a_job_under_way_keeps_its_lease_and_is_finished_when_the_server_stops(database: Database) -> None:
    desks = Slow()
    upload_id = uploaded(database, NOTICE)
    jobs = Jobs(desks, database, lease_seconds=0.6, pause_seconds=0.05)  # type: ignore[arg-type]
    jobs.start()
    assert desks.begun.wait(10)
    time.sleep(1.5)
    assert Uploads.claim(database, 60) is None
    stopping = threading.Thread(target=jobs.stop)
    stopping.start()
    time.sleep(0.2)
    assert stopping.is_alive()
    desks.go_on.set()
    stopping.join(10)
    assert found(database, upload_id).state == UploadState.READY
    assert not {"jobs", "jobs-lease"} & {thread.name for thread in threading.enumerate()}


def test_a_fault_of_the_server_fails_the_upload_in_words_that_tell_nothing_of_the_file(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    desks = Slow(fails=True)
    desks.go_on.set()
    upload_id = uploaded(database, NOTICE)
    assert Jobs(desks, database).work()  # type: ignore[arg-type]
    upload = found(database, upload_id)
    assert upload.state == UploadState.FAILED
    assert upload.problems[0].startswith("A fault of the server kept the document from being added.")
    logged = " ".join(PlainFormatter().format(record) for record in caplog.records)
    assert "ZeroDivisionError" in logged
    assert "secret words" not in logged + upload.problems[0]
