"""Which sentences of a text carry a claim: code finds the quote for a sentence that a model wrote."""

from __future__ import annotations

from rag.guard.support.grounds import carriers
from rag.guard.support.reading import read
from rag.guard.support.rules import SupportRules


def best_spans(claim: str, text: str, rules: SupportRules, *, names: str = "") -> tuple[tuple[int, int], ...]:
    """Start and end of the one to three sentences of ``text`` that hold the claim's words, in the order of the text.

    Empty where the text shares no word with the claim. ``names``: what names the document; its words need no sentence.
    """
    found = carriers(read(claim, rules), read(text, rules).sentences, read(names, rules).keys)
    return tuple(sorted((sentence.start, sentence.end) for sentence in found))
