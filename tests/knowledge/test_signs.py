"""What a sign counts for: its clause, its sentence, and what takes it back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.errors import CorpusErrors
from rag.knowledge.scope import SCOPE_NAME, load_scope
from rag.knowledge.signs import Guard, Rule, Splitter

DENIED = Guard(before=(re.compile("no"),), after=(re.compile(": none"),), around=(re.compile("in 2019"),))
RULE = Rule(signs=(re.compile("fever"),), beside=(re.compile("today"),), unless=(DENIED,))
SPLITTER = Splitter(re.compile(r"\. "), re.compile(" but "))


def fits(text: str) -> bool:
    return any(RULE.fits(*sentence) for sentence in SPLITTER.sentences(text))


@pytest.mark.parametrize("text", ["fever today", "no pain but fever today", "in 2019 a fall but fever today"])
def test_a_sign_counts_where_nothing_in_its_clause_takes_it_back(text: str) -> None:
    assert fits(text)


@pytest.mark.parametrize(
    "text", ["fever", "pain today. fever", "no fever today", "fever: none today", "fever in 2019 today"]
)
def test_a_sign_without_its_words_or_taken_back_does_not_count(text: str) -> None:
    assert not fits(text)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [("beside: [now]", "beside: [nwo]", "'nwo' is not defined"), ("  now: '", "  now: '(", "not a regular expression")],
)
def test_a_slip_in_the_file_is_told_with_its_line(right: str, wrong: str, says: str, tmp_path: Path) -> None:
    shutil.copy(corpus_root() / SCOPE_NAME, tmp_path)
    file = tmp_path / SCOPE_NAME
    file.write_text(file.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CorpusErrors, match=re.escape(says)) as raised:
        load_scope(tmp_path)
    assert f"{SCOPE_NAME}:" in str(raised.value)
