"""A desk is switched once a change has settled; what cannot be loaded is not taken, and said."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from app.desks.desks import Desks
from ingest.documents import corpus_hash
from ingest.index import Index, index_directory, open_index
from ingest.sync import Sync
from tests.app.added_documents import notice
from tests.app.desks.answerer import answer
from tests.app.desks.corpora import few_documents, revise, spoil, the_policy
from tests.conftest import WordEncoder


@pytest.fixture
def corpus(place: Path) -> Path:
    return place / "corpus"


def test_a_change_is_taken_up_once_it_has_settled_and_requests_under_way_keep_the_old_desk(
    desks: Desks, corpus: Path
) -> None:
    desks.add("own", notice())
    old, own = desks.of("acme"), desks.of("own")
    old_hash = corpus_hash(corpus)
    revise(corpus, "First.")
    desks.look()
    revise(corpus, "Second.")
    desks.look()
    assert desks.of("acme").desk is old.desk  # it still changes
    desks.look()
    new = desks.of("acme")
    assert new.knowledge.corpus_hash == new.desk.searcher.index.corpus_hash == corpus_hash(corpus) != old_hash
    assert new.stamp != old.stamp
    found = answer(old.desk, the_policy(corpus))
    assert found.provenance.corpus_hash == old_hash
    for reference in found.references:
        _, section = old.knowledge.section(f"{reference.document_id}#{reference.anchor}")
        assert section.text[reference.start : reference.end] == reference.quote
    assert desks.of("own").knowledge.corpus_hash != own.knowledge.corpus_hash
    assert "meadow-notice" in desks.of("own").knowledge.documents
    desks.remove("own", "meadow-notice")


def test_a_corpus_with_faults_is_not_taken_until_it_is_mended(
    desks: Desks, corpus: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = desks.of("acme")
    file = corpus / "policies" / the_policy(corpus) / "criteria.yaml"
    sound = file.read_text()
    spoil(corpus)
    for _ in range(4):
        desks.look()
    (said,) = desks.notices
    assert said.startswith("The corpus has changed and has faults now, so answers come from it as it was before.")
    assert f"policies/{the_policy(corpus)}/criteria.yaml:" in said
    assert str(corpus) not in said
    assert [record.getMessage() for record in caplog.records].count(said) == 1
    assert desks.of("acme").desk is before.desk
    assert answer(before.desk, the_policy(corpus)).references
    file.write_text(sound)
    desks.look()
    desks.look()
    assert desks.notices == ()
    assert desks.of("acme").desk is before.desk


def test_a_corpus_taken_away_for_a_moment_is_answered_from_as_it_was(desks: Desks, corpus: Path) -> None:
    before = desks.of("acme")
    corpus.rename(corpus.with_name("aside"))
    desks.look()
    desks.look()
    assert "does not exist" in desks.notices[0]
    assert desks.of("acme").desk is before.desk
    corpus.with_name("aside").rename(corpus)
    desks.look()
    desks.look()
    assert desks.notices == ()


def test_an_index_that_is_built_anew_is_taken_up_without_loading_the_corpus_again(desks: Desks, corpus: Path) -> None:
    before = desks.of("acme")
    Sync(
        corpus=corpus,
        encoder=WordEncoder(),
        directory=index_directory(corpus, model_key=WordEncoder.key),
        documents=None,
        progress=lambda done, total, what: None,
        notice=lambda message: None,
    ).run(anew=True)
    desks.look()
    desks.look()
    after = desks.of("acme")
    assert after.knowledge is before.knowledge
    assert after.desk.searcher is not before.desk.searcher
    assert after.desk.searcher.index.is_present
    assert after.stamp == before.stamp


def test_files_touched_and_not_changed_switch_nothing(desks: Desks, corpus: Path) -> None:
    before = desks.of("acme")
    (corpus / "examples.yaml").touch()
    for _ in range(3):
        desks.look()
    assert desks.of("acme").desk is before.desk


def test_trouble_other_than_the_corpus_leaves_the_desk_and_is_tried_again(
    desks: Desks, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desks.of("acme")
    full = OSError(28, "No space left on device")

    def fails(*given: object, **named: object) -> None:
        raise full

    revise(corpus, "Third.")
    with monkeypatch.context() as patch:
        patch.setattr("app.library.open_index", fails)
        desks.look()
        desks.look()
        assert "No space left on device" in desks.notices[0]
        assert desks.of("acme").desk is before.desk
    desks.look()
    assert desks.notices  # not at once
    monkeypatch.setattr(desks._base, "_not_before", 0.0)
    desks.look()
    assert desks.notices == ()
    assert desks.of("acme").knowledge.corpus_hash == corpus_hash(corpus)


def test_the_watch_notices_by_itself_and_ends_when_it_is_stopped(
    desks: Desks, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def noticed(corpus: Path, **named: Any) -> Index:
        begun.set()
        return open_index(corpus, **named)

    monkeypatch.setattr("app.library.open_index", noticed)
    desks.start()
    time.sleep(1.2)
    revise(corpus, "Fourth.")
    assert begun.wait(30)
    desks.stop()  # the switch under way is done first
    assert desks.of("acme").knowledge.corpus_hash == corpus_hash(corpus)
    assert "desks" not in {thread.name for thread in threading.enumerate()}


def test_a_look_at_a_whole_corpus_and_many_tenants_costs_little(tmp_path: Path) -> None:
    from app.desks.signatures import signature

    many = few_documents(tmp_path / "corpus")
    for number in range(30):
        shutil.copytree(many / "safety", many / f"more-{number}")
    files = sum(1 for file in many.rglob("*") if file.is_file())
    started = time.thread_time()
    assert len(signature(many)) == files
    assert time.thread_time() - started < 0.25
