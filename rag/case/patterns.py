"""Phrases written as short patterns, compiled to regular expressions over masked text.

A space matches any white space; ``{name}`` is a macro of the file or a mark (``{percent}``, ``{level}``, ...); a
pattern begins and ends at the edge of a word. Matching ignores case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rag.case.masking import MARKS

_MACRO = re.compile(r"\{([a-z][a-z_]*)\}")
_LOOKBEHIND = re.compile(r"\(\?<[!=][^)]*\)")  # of fixed width
_DEPTH = 12


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message quotes it and says what to do."""


class Compiler:
    """Compiles patterns with one set of macros."""

    def extended(self, macros: Mapping[str, str]) -> Compiler:
        """The same, with more macros."""
        more = Compiler({})
        more._macros = {name: f"(?:{fragment})" for name, fragment in macros.items()} | self._macros
        return more

    def __init__(self, macros: Mapping[str, str], marks: Mapping[str, str] | None = None) -> None:
        """``marks`` stand for macros whose words are marked in the text."""
        self._macros = {name: f"(?:{fragment})" for name, fragment in macros.items()}
        self._macros |= {kind: f"{mark}+" for kind, mark in {**MARKS, **(marks or {})}.items()}

    def compile(self, pattern: str, **extra: str) -> re.Pattern[str]:
        """``extra`` are macros of this pattern alone. Raises ``PatternError``."""
        source = self._spaced(self._expand(pattern, extra))
        try:
            return re.compile(rf"(?<![a-z0-9])(?:{source})(?![a-z0-9])", re.I)
        except re.error as error:
            raise PatternError(f"pattern {pattern!r} is no regular expression ({error})") from None

    def compile_all(self, patterns: Iterable[str]) -> re.Pattern[str] | None:
        """One expression for all; ``None`` where there are none. Patterns must not name groups."""
        joined = "|".join(f"(?:{pattern})" for pattern in patterns)
        return self.compile(joined) if joined else None

    def compile_stops(self, patterns: Iterable[str]) -> re.Pattern[str] | None:
        """As ``compile_all``, for marks of punctuation too: no word edges are asked for."""
        joined = "|".join(f"(?:{pattern})" for pattern in patterns)
        return re.compile(self._spaced(self._expand(joined, {})), re.I) if joined else None

    def _expand(self, pattern: str, extra: Mapping[str, str]) -> str:
        expanded = pattern
        for _ in range(_DEPTH):
            before = expanded
            expanded = _MACRO.sub(lambda match: self._fragment(match[1], pattern, extra), before)
            if expanded == before:
                return expanded
        raise PatternError(f"the macros of pattern {pattern[:60]!r} refer to each other")

    def _fragment(self, name: str, pattern: str, extra: Mapping[str, str]) -> str:
        found = extra.get(name) or self._macros.get(name)
        if found is None:
            raise PatternError(f"pattern {pattern!r} uses {{{name}}}, which no macro is called")
        return found

    @staticmethod
    def _spaced(pattern: str) -> str:
        pattern = _LOOKBEHIND.sub(lambda match: match[0].replace(" ", r"\s"), pattern)
        return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
