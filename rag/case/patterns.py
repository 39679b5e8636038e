"""Phrases written as short patterns, compiled to regular expressions over masked text.

A space matches any white space; ``{name}`` is a macro of the file or a mark (``{percent}``, ``{level}``, ...); a
pattern begins and ends at the edge of a word. Matching ignores case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from rag.case.masking import MARKS
from rag.case.needs import Need, Needs, holds

_MACRO = re.compile(r"\{([a-z][a-z_]*)\}")
_LOOKBEHIND = re.compile(r"\(\?<[!=][^)]*\)")  # of fixed width
_DEPTH = 12


class PatternError(ValueError):
    """A pattern that cannot be compiled; the message quotes it and says what to do."""


class Expression:
    """A regular expression that is compiled when first used: most rules of the file speak of things a text has not."""

    def __init__(self, compiled: Callable[[], re.Pattern[str]], needs: tuple[Need, ...] = ()) -> None:
        self._compiled = compiled
        self._needs = needs

    def may_match(self, text: str) -> bool:
        """False only where the expression cannot match ``text`` (in small letters)."""
        return holds(text, self._needs)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return self._compiled()


class Compiler:
    """Compiles patterns with one set of macros."""

    def __init__(self, macros: Mapping[str, str], marks: Mapping[str, str] | None = None) -> None:
        """``marks`` stand for macros whose words are marked in the text."""
        self._given = macros, marks or {}
        self._macros = {name: f"(?:{fragment})" for name, fragment in macros.items()}
        self._macros |= {kind: f"{mark}++" for kind, mark in {**MARKS, **(marks or {})}.items()}
        self._needs = Needs(macros, {**MARKS, **(marks or {})})

    def extended(self, macros: Mapping[str, str]) -> Compiler:
        """The same, with more macros."""
        given, marks = self._given
        return Compiler({**given, **macros}, marks)

    def needs(self, pattern: str) -> tuple[Need, ...]:
        """What a text must hold for the pattern to match."""
        return self._needs.of(pattern)

    def compile(self, pattern: str, **extra: str) -> re.Pattern[str]:
        """``extra`` are macros of this pattern alone. Raises ``PatternError``."""
        source = self._spaced(self._expand(pattern, extra))
        return self._compiled(rf"(?<![a-z0-9])(?:{source})(?![a-z0-9])", pattern)

    def compile_loose(self, pattern: str) -> re.Pattern[str]:
        """As ``compile``, without asking for the edges of words."""
        return self._compiled(self._spaced(self._expand(pattern, {})), pattern)

    @staticmethod
    def _compiled(source: str, pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(source, re.I)
        except re.error as error:
            raise PatternError(f"pattern {pattern!r} is no regular expression ({error})") from None

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
