"""Sentences that give orders to a program: they tell nothing about a patient, so no fact is read from them."""

from __future__ import annotations

import re
from collections.abc import Container

from ingest.instructions import instructs_a_model

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?]+(?=\s)|(?=\n)|\Z)")
_FACT_ID = re.compile(r"(?<![\w.])[a-z]\w*(?:\.[a-z]\w*)+")


def without_commands(text: str, fact_ids: Container[str]) -> str:
    """The text with such sentences blanked out, at the same length. Nobody writes a note in ids of facts either."""
    return _SENTENCE.sub(lambda found: " " * len(found[0]) if _commands(found[0], fact_ids) else found[0], text)


def _commands(sentence: str, fact_ids: Container[str]) -> bool:
    return instructs_a_model(sentence) or any(name in fact_ids for name in _FACT_ID.findall(sentence))
