"""What a sentence adds to its source: an item of which the source has not one word, or any word it does not have."""

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


def foreign(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """A finding where the source and its names lack a word of the claim.

    Harmless words do not count, nor do numbers, codes and marks, whose counterparts other policies look for. One
    foreign word is enough: of the claims of the calibrate half and of further pairs written for development that had
    exactly one and nothing else against them, a fifth was false.
    """
    known = evidence.keys | evidence.names.held | rules.harmless
    missing = [word for word in _told(claim, rules) if not {word.key, *word.parts} & known]
    if missing:
        said = ", ".join(dict.fromkeys(claim.text[word.start : word.end] for word in missing))
        yield Finding(POLICY, f"what it cites has not the words: {said}")


def _told(claim: Reading, rules: SupportRules) -> Iterator[Word]:
    """Words that carry meaning and that no other policy accounts for."""
    spans = [(amount.start, amount.end) for amount in claim.amounts]
    spans += [found.span() for kind in rules.marks for found in kind.said.finditer(claim.text)]
    names = rules.names
    for pattern in (names.codes, names.levels, rules.negation.reserve, rules.modality.says_unconfirmed):
        spans += [found.span() for found in pattern.finditer(claim.text)]
    for word in claim.content:
        if not any(low <= word.start < high for low, high in spans):
            yield word


def _items(sentence: Sentence) -> Iterator[list[Word]]:
    edges = [found.start() for found in _BREAK.finditer(sentence.text[: sentence.end], sentence.start)]
    start = sentence.start
    counted = [(amount.start, amount.end) for amount in sentence.amounts]
    told = [word for word in sentence.content if not any(low <= word.start < high for low, high in counted)]
    for end in [*edges, sentence.end]:
        yield [word for word in told if start <= word.start < end]
        start = end
