"""``support.yaml`` is read strictly; a fault names file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.errors import CorpusError, CorpusErrors
from rag.guard.support.rules_file import SUPPORT_NAME, load_support

SHIPPED = (corpus_root() / SUPPORT_NAME).read_text(encoding="utf-8")


def test_the_shipped_file_is_in_order() -> None:
    rules = load_support(corpus_root())
    assert rules.opposites and rules.quantifiers and rules.names.terms and rules.numbers.units


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("stop_words:", "stop_wards:", "stop_wards"),
        ("{name: region, sides: [['cervical'", "{name: region, sides: [['cerv(ical'", "not a regular expression"),
        ("  reach: 8", "  reach: far", "reach"),
        ("  trailing_words: 3\n", "", "trailing_words"),
        ("{name: rank,", "{name: rank, colour: red,", "colour"),
        ("cues: [no,", "cues: ['(no',", "not a regular expression"),
        ("- {name: all, claim: ['all", "- {name: all, claim: ['*all", "not a regular expression"),
    ],
)
def test_a_fault_names_file_line_and_remedy(old: str, new: str, words: str, tmp_path: Path) -> None:
    assert old in SHIPPED
    (tmp_path / SUPPORT_NAME).write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises((CorpusError, CorpusErrors)) as caught:
        load_support(tmp_path)
    message = str(caught.value)
    assert words in message
    assert f"{SUPPORT_NAME}:" in message
    assert ":0:" not in message


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        load_support(tmp_path)


def test_a_new_word_needs_no_python(tmp_path: Path) -> None:
    from rag.guard.support.grounds import grounds
    from rag.guard.support.models import Evidence
    from rag.guard.support.opposites import opposites
    from rag.guard.support.reading import read

    line = "  - {name: rank, sides: [['superior\\w*'], ['inferior\\w*']]}\n"
    assert line in SHIPPED
    (tmp_path / SUPPORT_NAME).write_text(SHIPPED.replace(line, f"{line}  - {{name: tide, sides: [[ebb], [flood]]}}\n"))
    rules = load_support(tmp_path)
    held = grounds([Evidence("Boats leave the harbour at flood.")], rules)
    assert list(opposites(read("Boats leave the harbour at ebb.", rules), held, rules))
