"""Words and phrases of ``support.yaml`` as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A unit may follow its number at once ("10mg"), so that a digit is an edge on the left.
_LETTER, _LETTER_OR_DIGIT = r"[^\W\d_]", r"[^\W_]"
_BEGINS_WITH_SIGN = re.compile(r"[%<>=≤≥~$]")
_LOOK_BEHIND = re.compile(r"\(\?<[!=][^)]*\)")
_ENDS_WITH_SIGN = re.compile(r"[%<>=≤≥~]$")


def phrase(pattern: str) -> str:
    """One pattern from word edge to word edge; a space in it stands for white space or a hyphen."""
    fixed = _LOOK_BEHIND.sub(lambda found: found[0].replace(" ", r"[\s-]"), pattern)
    spaced = fixed.replace(" ?", r"[\s-]?").replace(" ", r"[\s-]+")
    before = "" if _BEGINS_WITH_SIGN.match(pattern) else rf"(?<!{_LETTER})"
    after = "" if _ENDS_WITH_SIGN.search(pattern) else rf"(?!{_LETTER_OR_DIGIT})"
    return f"{before}(?:{spaced}){after}"


def phrases(patterns: Iterable[str]) -> str:
    """Any of the patterns. Raises ``re.error``, naming the pattern, when one is no regular expression."""
    built = [phrase(pattern) for pattern in patterns]
    for pattern in built:
        re.compile(pattern, re.IGNORECASE)
    return "|".join(built) or "(?!)"


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(phrases(patterns), re.IGNORECASE)


def words_pattern(words: Iterable[str]) -> str:
    """Plain words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(phrase(re.escape(word).replace(r"\ ", " ").replace(r"\-", "-")) for word in ordered) or "(?!)"
