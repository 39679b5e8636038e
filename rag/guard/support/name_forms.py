"""Ways to write one code, one spinal level or one set of initials."""

from __future__ import annotations

import re
from functools import lru_cache

_CODE_RANGE = r"(?<![\w-])(\d{5})\s*(?:to|-|–|through)\s*(\d{5})(?![\w-])"
_SMALL_WORDS = frozenset({"of", "and", "the", "for", "in", "on", "to", "a"})


def code_stands(code: str, text: str, codes: re.Pattern[str]) -> bool:
    """Whether the text names the code itself, a range of codes around it, or its group ("M50.1x")."""
    wanted = code.lower()
    for found in codes.finditer(text):
        known = found[0].lower()
        if wanted == known or (known.endswith("x") and "." in known and wanted.startswith(known.rstrip("x"))):
            return True
    if wanted.isdigit():
        return any(low <= wanted <= high for low, high in re.findall(_CODE_RANGE, text))
    return False


def levels_of(text: str) -> tuple[str, ...]:
    """ "L4-5" and "L4/L5" are one pair of levels."""
    parts = [part for part in re.split(r"\s?[-–/]\s?", text.upper()) if part]
    return tuple(part if part[0].isalpha() else f"{parts[0][0]}{part}" for part in parts)


def initials_stand(name: str, text: str) -> bool:
    """Whether words that follow one another in the text begin with the letters of the name."""
    wanted = re.sub(r"[^a-z]", "", name.lower())
    return len(wanted) > 1 and (wanted in _initials(text, frozenset()) or wanted in _initials(text, _SMALL_WORDS))


@lru_cache(maxsize=256)
def _initials(text: str, without: frozenset[str]) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+|\n", text.lower()) if word not in without)
