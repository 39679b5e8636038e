"""Light stemming: forms of one word get one key. It errs towards keeping words apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_VOWEL = re.compile(r"[aeiouy]")
_SHORTEST = 4
_ENDINGS = ("ization", "ations", "ation", "ments", "ment", "ingly", "edly", "ions", "ion", "ings", "ing", "ed", "ly")
_HISSING = ("sses", "shes", "ches", "xes", "zes")
_KEPT_S = ("ss", "us", "is")


@dataclass(frozen=True)
class Spelling:
    """Two ways to write a word: what ``pattern`` finds is written as ``to``."""

    pattern: re.Pattern[str]
    to: str


def stem(word: str, spellings: Iterable[Spelling]) -> str:
    """The key of a word, its case and ending set aside: "injections", "injected" and "injection" share one."""
    key = re.sub(r"['’]s?$", "", word.lower())
    for spelling in spellings:
        key = spelling.pattern.sub(spelling.to, key)
    return _without_e(_without_ending(_singular(key)))


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith(_KEPT_S) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y" if len(word) > 4 else word[:-1]
    return word[:-2] if word.endswith(_HISSING) else word[:-1]


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        bare = word[: -len(ending)]
        if word.endswith(ending) and len(bare) >= _SHORTEST and _VOWEL.search(bare):
            return _undoubled(bare) if ending in ("ing", "ings", "ed") else bare
    return word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def _without_e(word: str) -> str:
    bare = word[:-1] if len(word) > _SHORTEST and word.endswith("e") else word
    return f"{bare[:-1]}i" if len(bare) > _SHORTEST and bare.endswith("y") else bare
