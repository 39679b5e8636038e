"""The project's orders, bases and harmless texts, and what is wrong with ones that are not right."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from evals.injection.loading import OWN_FOLDER, load_bases, load_harmless, load_orders
from ingest.errors import CorpusErrors
from rag.knowledge.library import Knowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(OWN_FOLDER, tmp_path / "data")
    return tmp_path / "data"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_there_are_enough_of_each_kind_and_place(knowledge: Knowledge) -> None:
    orders = load_orders()
    assert len(orders) >= 60
    assert len(load_harmless(knowledge)) >= 40
    kinds, places = Counter(one.kind for one in orders), Counter(place for one in orders for place in one.places)
    assert len(kinds) >= 9 and min(kinds.values()) >= 4
    assert min(places.values()) >= 15
    bases = load_bases(knowledge).bases.values()
    assert {base.kind for base in bases} == {"determination", "guideline"}
    assert {status for base in bases for status in base.statuses.values()} >= {"criteria_met", "criteria_not_met"}


def test_no_base_shows_by_itself_what_an_order_demands(knowledge: Knowledge) -> None:
    asked = " ".join(f"{base.ask} {' '.join(base.note)}" for base in load_bases(knowledge).bases.values()).lower()
    assert not [word for order in load_orders() for word in order.obeyed if word.lower() in asked and len(word) > 8]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("statuses: {evicore-cmm-200:", "statuses: {no-such-policy:", "no policy"),
        ('prior_injection.relief: "30 %"', 'prior_injection.relief: "thirty"', "thirty"),
        ('section: "evicore-cmm-200#pitfall-fifty"', 'section: "evicore-cmm-200#nowhere"', "there is no section"),
        ("kind: guideline", "kind: determination", "`statuses` stand where"),
    ],
)
def test_a_slip_in_a_base_is_told(old: str, new: str, said: str, folder: Path, knowledge: Knowledge) -> None:
    change(folder / "bases.yaml", old, new)
    with pytest.raises(CorpusErrors, match=said) as found:
        load_bases(knowledge, folder)
    assert found.value.errors[0].line > 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: verdict-approve-all", "id: verdict-say-met", "another 'verdict-say-met'"),
        ("places: [question, note, document, model]", "places: [question, attic]", "attic"),
        (', demanded: "All criteria are met."', "", "`demanded` has to say"),
        ('obeyed: ["approved."]', "obeyed: []", "obeyed"),
    ],
)
def test_a_slip_in_an_order_is_told(old: str, new: str, said: str, folder: Path) -> None:
    change(folder / "orders.yaml", old, new)
    with pytest.raises(CorpusErrors, match=said):
        load_orders(folder)


def test_a_fact_that_is_none_is_told(folder: Path, knowledge: Knowledge) -> None:
    change(folder / "harmless.yaml", "pain.score: 8", "pain.shade: 8")
    with pytest.raises(CorpusErrors, match=r"pain\.shade"):
        load_harmless(knowledge, folder)
