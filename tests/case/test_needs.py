"""The look at a pattern's words spares compiling it, and never hides a match."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.strict_yaml import load_yaml
from rag.case.knowledge import Lexicon, load_reading_knowledge
from rag.case.needs import Needs, holds
from rag.case.reader import read_case

CORPUS = Path(__file__).parents[2] / "corpus"
TABLES = Path(__file__).parent / "tables"


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("sedation", [{"sedation"}]),
        ("moderate sedation", [{"moderate"}, {"sedation"}]),
        ("injections?", [{"injection"}]),
        ("(?:no|without) pain", [{"no", "without"}, {"pain"}]),
        ("(?:very )?poor", [{"poor"}]),
        ("(?:very ){0,3}poor", [{"poor"}]),
        (r"radicul\w+ pain", [{"radicul"}, {"pain"}]),
        ("a|pain", []),
        ("neck|arm pain", [{"neck", "arm"}]),
        ("pain(?! relief)", [{"pain"}]),
        ("[ab]c pain", [{"pain"}]),
        ("{drug} dose", [{"gabapentin", "tramadol"}, {"dose"}]),
        ("{mark} dose", [{"\ue001"}, {"dose"}]),
        ("(?P<value>{mark}) ago", [{"\ue001"}, {"ago"}]),
    ],
)
def test_the_outside_of_a_pattern_tells_its_words(pattern: str, needed: list[set[str]]) -> None:
    needs = Needs({"drug": "gabapentin|tramadol"}, {"mark": "\ue001"}).of(pattern)
    assert [set(need) for need in needs] == needed


def test_a_text_with_the_words_may_match_and_one_without_cannot() -> None:
    needs = Needs({}, {}).of("(?:no|without) relief")
    assert holds("without any relief", needs)
    assert not holds("some relief", needs)
    assert re.search("(?:no|without) relief", "some relief") is None


def test_reading_is_the_same_with_and_without_the_look(lexicon: Lexicon) -> None:
    lazy = load_reading_knowledge(CORPUS, lazy=True)
    for table in sorted(TABLES.glob("*.yaml")):
        for row in load_yaml(table).data:
            for text in (row["text"], row["text"].upper()):
                assert read_case(text, knowledge=lazy) == read_case(text, knowledge=lexicon)
