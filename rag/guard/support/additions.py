"""An item of a list, or a clause, of which the source has not one word: a point added to what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.reading import Reading, Sentence, Word
from rag.guard.support.rules import SupportRules

POLICY = "additions"
#: Words an item has to have of its own, none of them in the source: one alone may be a synonym that no list holds.
LEAST = 2
_BREAK = re.compile(r"[,;:()]|(?<!\w)(?:and|or|but|because|while|although)(?!\w)", re.IGNORECASE)


def additions(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each item whose words are all foreign to the source and to what names it."""
    known = evidence.keys | evidence.names.keys
    for sentence in claim.sentences:
        items = [item for item in _items(sentence) if item]
        for item in items if len(items) > 1 else ():
            if len(item) >= LEAST and not any(word.key in known for word in item):
                said = sentence.text[item[0].start : item[-1].end]
                yield Finding(POLICY, f"“{said}” is added to what it cites")


def _items(sentence: Sentence) -> Iterator[list[Word]]:
    edges = [found.start() for found in _BREAK.finditer(sentence.text[: sentence.end], sentence.start)]
    start = sentence.start
    counted = [(amount.start, amount.end) for amount in sentence.amounts]
    told = [word for word in sentence.content if not any(low <= word.start < high for low, high in counted)]
    for end in [*edges, sentence.end]:
        yield [word for word in told if start <= word.start < end]
        start = end
