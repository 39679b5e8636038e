"""Procedure and diagnosis codes in text: known ones anywhere, unknown ones only where their form or a cue is clear."""

from __future__ import annotations

import re

from rag.knowledge.codes import CodeBook

_PROCEDURE = re.compile(r"(?<![\d.,$])(?:\d{5}|(?<![A-Za-z])[A-Z]\d{4}|\d{4}T)(?!\d|[.,]\d)", re.I)
_DIAGNOSIS = re.compile(
    r"(?<![A-Za-z0-9.])([A-TV-Z]\d[0-9A-Z])(?:\.([0-9A-Z]{1,4}(?![A-Za-z0-9])|\d{1,4}(?!\d))|([0-9A-Z]{1,4})(?![A-Za-z0-9]))",
    re.I,
)
_LISTED = re.compile(r"[\s:#(]*(?:codes?)?[\s:#(]*(?:\w{5}(?:,|\s+and|\s*/|\s*\+)\s*)*", re.I)
_CUE_REACH = 24  # characters: "CPT 11111 and 22222", not a number further on


def find_procedure_codes(text: str, book: CodeBook, cue: re.Pattern[str]) -> list[tuple[int, int, str]]:
    """Place and code. A five-digit number nobody knows is a code only right after a cue ("CPT 99999")."""
    found: list[tuple[int, int, str]] = []
    for match in _PROCEDURE.finditer(text):
        code = match[0].upper()
        if code in book.procedures or _follows_cue(text, match.start(), cue):
            found.append((match.start(), match.end(), code))
    return found


def find_diagnosis_codes(text: str, book: CodeBook) -> list[tuple[int, int, str]]:
    """Place and code with its point. Without a point only a known code counts ("M5412")."""
    found: list[tuple[int, int, str]] = []
    for match in _DIAGNOSIS.finditer(text):
        head, tail, bare = match[1].upper(), match[2], match[3]
        code = f"{head}.{(tail or bare).upper()}"
        if tail or book.group_of(code) is not None:
            found.append((match.start(), match.end(), code))
    return found


def _follows_cue(text: str, start: int, cue: re.Pattern[str]) -> bool:
    before = text[max(0, start - _CUE_REACH) : start]
    matches = list(cue.finditer(before))
    return bool(matches) and _LISTED.fullmatch(before, matches[-1].end()) is not None
