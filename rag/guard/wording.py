"""Patterns of wordings, written with named lists of words, as the guards' data files hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.errors import CorpusError
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import KeyPath, YamlDocument

_SLOT = re.compile(r"\{([a-z_]+)\}")

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Wording:
    """A kind of wording that may not stand; ``says`` is the reason given."""

    id: str
    says: str
    patterns: Patterns

    def stands_in(self, text: str) -> bool:
        return found(self.patterns, text)


class RawWording(CorpusModel):
    id: str
    says: str
    patterns: tuple[str, ...]


def found(patterns: Patterns, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


class Compiler:
    """Compiles the patterns of one file. Faults are gathered in ``errors``, each with its line."""

    def __init__(self, document: YamlDocument, words: Mapping[str, Sequence[str]], names: Mapping[str, Iterable[str]]):
        self.errors: list[CorpusError] = []
        self._document = document
        self._words = {name: _any_of(re.escape(item) for item in listed) for name, listed in names.items()}
        for name, listed in words.items():
            filled = [self._filled(item, ["words", name, i]) for i, item in enumerate(listed)]
            self._words[name] = _any_of(filled)

    def patterns(self, raw: Sequence[str], *place: str | int) -> Patterns:
        return tuple(self._compiled([(text, [*place, i]) for i, text in enumerate(raw)]))

    def wordings(self, raw: Sequence[RawWording], place: str) -> tuple[Wording, ...]:
        return tuple(Wording(w.id, w.says, self.patterns(w.patterns, place, i, "patterns")) for i, w in enumerate(raw))

    def _compiled(self, raw: Iterable[tuple[str, KeyPath]]) -> Iterator[re.Pattern[str]]:
        for text, place in raw:
            try:
                yield re.compile(self._filled(text, place), re.IGNORECASE)
            except re.error as error:
                problem = f"not a regular expression: {error}"
                self.errors.append(self._document.error(place, problem, "Correct the pattern"))

    def _filled(self, text: str, place: KeyPath) -> str:
        def word_list(match: re.Match[str]) -> str:
            name = match[1]
            if name not in self._words:
                problem, remedy = f"{{{name}}} is no list of words above this line", "Add it under words, or correct it"
                self.errors.append(self._document.error(place, problem, remedy))
            return self._words.get(name, "")

        return _SLOT.sub(word_list, text)


def _any_of(items: Iterable[str]) -> str:
    return f"(?:{'|'.join(items) or '(?!)'})"
