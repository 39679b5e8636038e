"""What a tenant adds is answered from for that tenant alone, and the corpus of the others stays as it is."""

from __future__ import annotations

import gc
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.desks.desks import Desks, UnusableCorpus
from app.desks.places import places
from app.desks.station import Station
from ingest.documents import corpus_hash
from ingest.errors import CorpusErrors, IndexBusyError
from ingest.remembering import RememberingEncoder
from rag.conversation import Desk
from rag.errors import UserError
from rag.retrieval.searcher import Searcher
from tests.app.added_documents import NOTICE, notice
from tests.app.desks.answerer import answer
from tests.app.desks.corpora import the_policy
from tests.conftest import WordEncoder


def has_notice(desks: Desks, tenant: str) -> bool:
    return "meadow-notice" in desks.of(tenant).knowledge.documents


def test_tenants_without_documents_share_one_desk_and_each_has_a_library_of_its_own(desks: Desks, place: Path) -> None:
    one, other = desks.of("one"), desks.of("other")
    assert one.desk is other.desk is desks.of("local").desk
    assert one.stamp == other.stamp
    assert one.library.place == place / "data" / "tenants" / "one" / "documents"
    assert desks.of("local").library.place == place / "data" / "documents"
    assert not (place / "data").exists()


@pytest.mark.parametrize("name", ["", "..", "../local", "a/b", "A", "-a", ".nobody", "a" * 64, "ä", "a\n", "a\0"])
def test_what_is_no_name_of_a_tenant_is_refused(desks: Desks, name: str) -> None:
    with pytest.raises(UserError, match="There is no tenant"):
        desks.of(name)
    with pytest.raises(UserError, match="There is no tenant"):
        desks.remove(name, "meadow-notice")


def test_a_document_is_added_replaced_and_removed_for_one_tenant_and_others_stay_as_they_were(
    desks: Desks, place: Path
) -> None:
    before, files = corpus_hash(place / "corpus"), sorted(place.glob("corpus/**/*"))
    shared = desks.of("other")
    assert desks.add("meadow", notice()) == "meadow-notice"
    first = desks.of("meadow")
    assert has_notice(desks, "meadow")
    assert first.library.added == ("meadow-notice",)
    assert first.stamp != shared.stamp
    assert any(p.document_id == "meadow-notice" for p in first.desk.searcher.index.passages)
    assert desks.of("other").desk is shared.desk
    assert desks.add("meadow", notice()) == "meadow-notice"  # twice is harmless
    assert desks.of("meadow") is first
    changed = notice(body=NOTICE.replace("zebra", "giraffe"))
    with pytest.raises(CorpusErrors, match="a document meadow-notice already"):
        desks.add("meadow", changed)
    assert desks.of("meadow") is first
    desks.remove("meadow", "meadow-notice")
    assert desks.of("meadow").desk is shared.desk
    assert has_notice(desks, "meadow") is False
    with pytest.raises(UserError, match="no added document"):
        desks.remove("meadow", "meadow-notice")
    assert (corpus_hash(place / "corpus"), sorted(place.glob("corpus/**/*"))) == (before, files)


def test_what_another_process_adds_is_taken_up_and_those_not_asked_for_are_forgotten(desks: Desks, place: Path) -> None:
    here = Desks(place / "corpus", None, place / "data", encoder=WordEncoder(), most_corpora=1)
    here._base = desks._base
    shared = here.of("east")
    desks.add("east", notice())
    here.look()
    assert here.of("east").desk is shared.desk  # it may not be all yet
    here.look()
    kept = here.of("east")
    assert has_notice(here, "east")
    desks.add("west", notice())
    assert has_notice(here, "west")
    assert list(here._stations) == ["west"]
    assert answer(kept.desk, the_policy(place / "corpus")).references
    assert has_notice(here, "east")
    assert list(here._stations) == ["east"]


def test_documents_of_many_tenants_are_added_without_holding_the_corpora_of_all(desks: Desks, place: Path) -> None:
    here = Desks(place / "corpus", None, place / "data", encoder=WordEncoder(), most_corpora=1)
    here._base = desks._base
    for tenant in ("first", "second"):
        here.add(tenant, notice())
    assert list(here._stations) == ["second"]


def test_a_kill_while_the_only_document_is_replaced_hides_it_from_no_desk(desks: Desks, place: Path) -> None:
    desks.add("harbour", notice())
    folder = place / "data" / "tenants" / "harbour" / "documents" / "safety" / "meadow-notice"
    folder.rename(folder.with_name(".meadow-notice.aside"))
    here = Desks(place / "corpus", None, place / "data", encoder=WordEncoder())
    here._base = desks._base
    assert has_notice(here, "harbour")


def test_a_removal_that_was_done_is_no_failure_and_the_desk_follows(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desks.add("cove", notice())

    def fails(station: Station) -> None:
        raise IndexBusyError("busy")

    with monkeypatch.context() as patch:
        patch.setattr(Station, "refresh", fails)
        desks.remove("cove", "meadow-notice")
    assert "IndexBusyError" in caplog.text
    desks.look()
    desks.look()
    assert has_notice(desks, "cove") is False


def test_what_a_desk_let_go_of_goes_from_the_cache_at_the_next_looks(desks: Desks, place: Path) -> None:
    desks.add("fjord", notice(body=NOTICE.replace("zebra", "narwhal")))
    desks.remove("fjord", "meadow-notice")
    gc.collect()
    desks.look()
    files = [file for file in (place / "cache").rglob("*") if file.is_file()]
    assert not [file for file in files if b"narwhal" in file.read_bytes()]


def test_a_tenant_that_is_being_loaded_keeps_no_other_waiting(
    desks: Desks, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Desks(place / "corpus", None, place / "data", encoder=WordEncoder())
    here._base = desks._base
    desks.add("slow", notice())
    begun, go_on = threading.Event(), threading.Event()

    def wait(desk: Desk, questions: object) -> None:
        begun.set()
        assert go_on.wait(60)

    monkeypatch.setattr("app.desks.serving.warm", wait)
    with ThreadPoolExecutor(1) as thread:
        loading = thread.submit(has_notice, here, "slow")
        assert begun.wait(60)
        assert has_notice(here, "quick") is False
        assert not loading.done()
        go_on.set()
        assert loading.result()


def test_a_document_that_no_longer_fits_is_left_out_and_only_its_tenant_is_told(desks: Desks, place: Path) -> None:
    desks.add("north", notice())
    file = place / "data" / "tenants" / "north" / "documents" / "safety" / "meadow-notice" / "document.md"
    file.write_text(file.read_text().replace("kind: safety", "kind: nonsense"))
    desks.look()
    desks.look()
    assert has_notice(desks, "north") is False
    assert "meadow-notice was left out" in " ".join(desks.notices_of("north"))
    assert desks.notices_of("south") == desks.notices == ()


def test_a_tenant_whose_corpus_cannot_be_loaded_is_told_so_and_not_answered_without_its_documents(
    desks: Desks, place: Path, tmp_path: Path
) -> None:
    desks.add("fallen", notice())
    here = Desks(tmp_path / "nowhere", None, place / "data", encoder=WordEncoder())
    here._base = desks._base
    for _ in range(2):
        with pytest.raises(UnusableCorpus, match="cannot be answered from"):
            here.of("fallen")
    assert has_notice(here, "standing") is False


def test_places_are_those_of_the_user_unless_others_are_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert places().of("local") == tmp_path / "guideline-qa" / "documents"
    assert places().of("acme") == tmp_path / "guideline-qa" / "tenants" / "acme" / "documents"


def _text(desk: Desk, policy: str, question: str) -> str:
    return answer(desk, policy, question).model_copy(update={"last_updated": LONG_AGO}).model_dump_json()


LONG_AGO = datetime(2026, 6, 1, tzinfo=UTC)
QUESTIONS = (
    "Is 62321 medically necessary for radiculopathy (M54.12) after a cervical ESI with minimal relief?",
    "Is 64483 necessary for lumbar radiculopathy (M54.16)? Pain for 8 weeks, 7/10, six weeks of physical therapy.",
    "Is 62323 necessary after an earlier injection with 60 % relief for three months?",
)


def test_threads_that_answer_on_one_cold_desk_give_the_answers_of_one_alone(place: Path, desks: Desks) -> None:
    policy = the_policy(place / "corpus")
    warm = desks.of("calm").desk
    alone = [_text(warm, policy, question) for question in QUESTIONS]
    library = desks.of("calm").library
    index = library.index(encoder=RememberingEncoder(WordEncoder()))
    cold = Desk(library.load(lazy=True), Searcher(index))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    try:
        with ThreadPoolExecutor(6) as threads:
            together = list(threads.map(lambda question: _text(cold, policy, question), QUESTIONS * 4))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone * 4
