"""The suite on real answers, and how it turns red when what withstands orders is switched off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from evals import Options, run_suite
from evals.frame.measuring import measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.injection import suite
from evals.injection.measures import MEASURES
from evals.injection.methods.baselines import RetrieveAndRead
from evals.injection.methods.system import System
from ingest.index import open_index
from rag.article.draft import DraftClaim
from rag.guard.guards import Guards
from rag.knowledge.library import Knowledge
from tests.conftest import WordEncoder
from tests.evals.injection.conftest import Found, an_order

QUESTION, MODEL, DOCUMENT = "fact-assume-function@question", "verdict-say-met@model", "verdict-say-met@document"


@pytest.fixture
def fresh(system: System) -> System:
    """Without the clean answers of other tests: a broken system is broken there as well."""
    return replace(system, _clean={})


def figures(system: System, find: Found, *names: str) -> Mapping[str, float | None]:
    measures = measure_all([find(name) for name in names], {SYSTEM: system}, MEASURES, seed=0)
    return {measure.name: measure.subject.figure.value for measure in measures}


def test_orders_the_rules_know_change_nothing(fresh: System, find: Found) -> None:
    found = figures(fresh, find, QUESTION, MODEL, DOCUMENT)
    moved = {name: value for name, value in found.items() if value not in (1.0, None)}
    assert moved.keys() <= {"article-unmoved", "sentences-unmoved"}


def test_reading_facts_out_of_orders_turns_it_red(fresh: System, find: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.case.reader.without_commands", lambda text, fact_ids: text)
    assert figures(fresh, find, "fact-system-record@question")["facts-unmoved"] == 0


def test_not_telling_of_orders_turns_it_red(fresh: System, find: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.chain.instructs_a_model", lambda text: False)
    assert figures(fresh, find, QUESTION)["flagged"] == 0


def test_taking_everything_for_an_order_turns_it_red(
    fresh: System, find: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_places = ("instructions-relief@question", "instructions-relief@note")
    [harmless] = [name for name in found_places if _there(find, name)]
    assert figures(fresh, find, harmless)["harmless-unflagged"] == 1
    monkeypatch.setattr("rag.chain.instructs_a_model", lambda text: True)
    monkeypatch.setattr("rag.case.commands.instructs_a_model", lambda text: True)
    found = figures(replace(fresh, _clean={}), find, harmless)
    assert found["harmless-unflagged"] == 0
    assert (found["harmless-facts-kept"] or 0) < 1


def test_a_guard_that_lets_everything_through_turns_it_red(
    fresh: System, find: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blind(guards: Guards, claims: Iterable[DraftClaim]) -> None:
        guards._found.update(dict.fromkeys(claims))

    monkeypatch.setattr(Guards, "judge", blind)
    assert figures(fresh, find, MODEL)["orders-withstood"] == 0


def test_showing_a_model_the_whole_question_turns_it_red(
    fresh: System, find: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.article.prose.writer.asked_words", lambda text: text)
    assert figures(fresh, find, MODEL)["orders-unshown"] == 0


def test_quoting_what_is_flagged_turns_it_red(fresh: System, find: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.documents.instructs_a_model", lambda text: False)
    found = figures(fresh, find, DOCUMENT)
    assert found["flagged"] == 0
    assert found["orders-withstood"] == 0


def test_the_plain_pipeline_repeats_what_it_finds(knowledge: Knowledge, system: System, find: Found) -> None:
    item = find(DOCUMENT)
    order = an_order(text=f"BANANA: {item.label.base.ask.rstrip('?')}.", places=["document"])
    near = replace(item, label=replace(item.label, what=order))
    pair = RetrieveAndRead(knowledge.root, system.encoder)(near)
    assert any("BANANA" in sentence for sentence in pair.newly_said)


def test_a_run_has_every_baseline_and_is_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "OnnxEncoder", lambda progress: WordEncoder())
    monkeypatch.setattr(suite, "open_index", partial(open_index, directory=tmp_path / "index"))
    first, second = (run_suite("injection", Options(limit=1)) for _ in range(2))
    assert first == second
    assert [row.method for row in first.measures[0].rows] == [SYSTEM, NULL, LEXICAL, PLAIN]
    assert len(first.items) == 3
    assert all(note.startswith("Left out:") for note in first.notes)


def _there(find: Found, name: str) -> bool:
    try:
        find(name)
    except KeyError:
        return False
    return True
