"""What the reader must read, and must not read, from sentences: tables a clinician can check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.strict_yaml import load_yaml
from rag.case.knowledge import Lexicon
from rag.case.reader import read_case
from rag.case.values import resolve
from rag.knowledge.fact_values import read_value

TABLES = Path(__file__).parent / "tables"
LEAST_ROWS = 150


def _rows() -> list[Any]:
    return [
        pytest.param(row, id=f"{table.stem}: {row['text'][:70]}")
        for table in sorted(TABLES.glob("*.yaml"))
        for row in load_yaml(table).data
    ]


def test_there_are_enough_rows() -> None:
    assert len(_rows()) >= LEAST_ROWS


@pytest.mark.parametrize("row", _rows())
def test_the_sentence_says_this_and_no_more(row: dict[str, Any], lexicon: Lexicon) -> None:
    case = read_case(row["text"], knowledge=lexicon)
    values = resolve(case, lexicon.vocabulary)
    for name, given in row.get("expect", {}).items():
        assert values.get(name) == read_value(given, lexicon.vocabulary.facts[name]), name
    read = {fact.id for fact in case.facts}
    assert not read & set(row.get("absent", ()))
    assert not values.keys() & set(row.get("unknown", ()))
