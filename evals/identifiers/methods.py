"""What is compared: the rules, and what they must beat."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evals.frame.methods import LEXICAL, NULL, SYSTEM
from evals.identifiers.removal import Finder
from rag.guard.identifiers import IdentifierRules, remove_identifiers

#: The other null: nobody can be known, and nothing can be read.
ALL = "null, everything removed"

#: What names and numbers look like: a word with a capital, a run of digits.
_SHAPED = re.compile(r"\b[^\W\d_a-z][^\W\d_]*|\d+")


def compared(rules: IdentifierRules) -> Mapping[str, Finder]:
    """The system first."""

    def by_rules(text: str) -> list[tuple[int, int]]:
        return [(one.start, one.end) for one in remove_identifiers(text, rules).removed]

    return {SYSTEM: by_rules, NULL: nothing, ALL: everything, LEXICAL: capitals_and_digits}


def nothing(text: str) -> list[tuple[int, int]]:
    return []


def everything(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


def capitals_and_digits(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _SHAPED.finditer(text)]
