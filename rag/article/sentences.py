"""Sentences of a passage with their offsets."""

from __future__ import annotations

import re

_BORDER = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|vs|Dr|No|al|approx|cf|St)\.$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; a list item or table row is a sentence of its own."""
    found: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        start = 0
        for border in _BORDER.finditer(line):
            if _ABBREVIATION.search(line[start : border.start()]):
                continue
            found.append((offset + start, offset + border.start()))
            start = border.end()
        if line[start:].strip():
            found.append((offset + start, offset + len(line)))
        offset += len(line) + 1
    return found


def first_sentence(text: str) -> str:
    """The first sentence as it stands in the text; "" for an empty text."""
    for start, end in sentences(text):
        sentence = text[start:end].strip()
        if sentence:
            return sentence
    return ""
