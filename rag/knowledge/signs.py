"""Rules that tell by the clause what a text is about: signs, what must stand beside them, what takes them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.errors import CorpusError
from ingest.front_matter import CorpusModel, Text
from ingest.strict_yaml import YamlDocument

Patterns = tuple[re.Pattern[str], ...]
Place = list[str | int]

#: Matches nowhere.
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Guard:
    """Takes a sign back: words in its clause ``before`` it, right ``after`` it, or anywhere ``around`` it."""

    before: Patterns
    after: Patterns
    around: Patterns

    def holds(self, clause: str, start: int, end: int) -> bool:
        return (
            any(pattern.search(clause) for pattern in self.around)
            or any(pattern.search(clause[:start]) for pattern in self.before)
            or any(pattern.match(clause[end:]) for pattern in self.after)
        )


@dataclass(frozen=True)
class Rule:
    """One of ``signs`` in a clause, all of ``beside`` in its sentence, and no guard of ``unless`` that holds."""

    signs: Patterns
    beside: Patterns
    unless: tuple[Guard, ...]

    def fits(self, sentence: str, clauses: Iterable[str]) -> bool:
        standing = any(
            not any(guard.holds(clause, found.start(), found.end()) for guard in self.unless)
            for clause in clauses
            for sign in self.signs
            for found in sign.finditer(clause)
        )
        return standing and all(pattern.search(sentence) for pattern in self.beside)


@dataclass(frozen=True)
class Splitter:
    """``sentence`` ends a sentence, ``clause`` begins another clause of it."""

    sentence: re.Pattern[str]
    clause: re.Pattern[str]

    def sentences(self, text: str) -> Iterator[tuple[str, list[str]]]:
        """Each sentence with its clauses."""
        for sentence in self.sentence.split(text):
            yield sentence, self.clause.split(sentence)


class RawGuard(CorpusModel):
    before: tuple[Text, ...] = ()
    after: tuple[Text, ...] = ()
    around: tuple[Text, ...] = ()


class RawRule(CorpusModel):
    """``about``: for the reader of the file. ``beside`` and ``unless``: names under ``words`` and ``guards``."""

    about: Text
    signs: tuple[Text, ...]
    beside: tuple[Text, ...] = ()
    unless: tuple[Text, ...]


@dataclass(frozen=True)
class RuleReader:
    """Compiles what the file says; adds to ``errors`` each pattern that is none and each name that is not defined."""

    document: YamlDocument
    errors: list[CorpusError]

    def pattern(self, pattern: str, place: Place) -> re.Pattern[str]:
        try:
            return re.compile(pattern, re.IGNORECASE | re.DOTALL)
        except re.error as error:
            problem = f"not a regular expression: {error}"
            self.errors.append(self.document.error(place, problem, "Correct the pattern"))
            return _NOTHING

    def patterns(self, patterns: Iterable[str], place: Place) -> Patterns:
        return tuple(self.pattern(pattern, [*place, number]) for number, pattern in enumerate(patterns))

    def guard(self, raw: RawGuard, place: Place) -> Guard:
        return Guard(
            *(self.patterns(getattr(raw, side), [*place, side]) for side in ("before", "after", "around")),
        )

    def rule(self, raw: RawRule, place: Place, words: dict[str, re.Pattern[str]], guards: dict[str, Guard]) -> Rule:
        return Rule(
            signs=self.patterns(raw.signs, [*place, "signs"]),
            beside=tuple(words[name] for name in self._known(raw.beside, words, [*place, "beside"])),
            unless=tuple(guards[name] for name in self._known(raw.unless, guards, [*place, "unless"])),
        )

    def _known(self, names: tuple[str, ...], defined: Iterable[str], place: Place) -> Iterator[str]:
        for number, name in enumerate(names):
            if name in defined:
                yield name
            else:
                problem = f"{name!r} is not defined in this file"
                self.errors.append(self.document.error([*place, number], problem, "Define it, or correct the name"))
