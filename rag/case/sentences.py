"""Sentences of masked text. A full stop after an abbreviation, or inside a number or code, ends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

# "Prior injection? No." is one statement.
_ANSWER = r"(?!\s*(?:yes|no|none|never|unknown|unclear|n/a|maybe|pending|tbd|not \w+)\s*(?:[.,;]|$))"
_END = re.compile(rf"[?!]+(?=\s|$){_ANSWER}|\n+|\.(?=\s|$)", re.I)
_LAST_WORD = re.compile(r"[a-z/.]+$", re.I)


def split_sentences(masked: str, abbreviations: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences, without gaps other than the stops between them."""
    short = {word.casefold() for word in abbreviations}
    spans, start = [], 0
    for match in _END.finditer(masked):
        if match[0] == "." and _last_word(masked[start : match.start()]) in short:
            continue
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(masked)))
    return tuple(span for span in spans if masked[slice(*span)].strip())


def _last_word(text: str) -> str:
    match = _LAST_WORD.search(text)
    return match[0].casefold() if match else ""
