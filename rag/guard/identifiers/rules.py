"""Patterns and word lists that tell identifiers (``identifiers.yaml``, ``identifier_words.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.guard.identifiers.models import Kind
from rag.guard.identifiers.vocabulary import Vocabulary
from rag.knowledge.payers import load_payers

IDENTIFIERS_NAME = "identifiers.yaml"
WORDS_NAME = "identifier_words.yaml"

Side = Literal["before", "after"]


@dataclass(frozen=True)
class IdentifierPattern:
    """Group ``gone`` of a match is the identifier; the whole match where there is no such group."""

    kind: Kind
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class NameContext:
    """Words before or after a name. ``sure``: the next capitalised word is one, whatever it reads like."""

    kind: Kind
    side: Side
    sure: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class IdentifierRules:
    patterns: tuple[IdentifierPattern, ...]
    contexts: tuple[NameContext, ...]
    kept: re.Pattern[str]
    vocabulary: Vocabulary


class _RawPattern(CorpusModel):
    kind: Kind
    pattern: str
    exact: bool = False


class _RawContext(CorpusModel):
    kind: Literal["name", "place", "organisation"]
    side: Side
    sure: bool
    pattern: str
    exact: bool = False


class _RawIdentifiers(CorpusModel):
    macros: dict[str, str]
    patterns: tuple[_RawPattern, ...]
    contexts: tuple[_RawContext, ...]
    kept: tuple[str, ...]
    eponyms: str
    endings: tuple[str, ...]
    stops: str
    particles: str
    credentials: str
    organisations: str
    generic: str


class _RawWords(CorpusModel):
    first_names: str
    surnames: str
    ordinary: str


def load_identifiers(root: Path) -> IdentifierRules:
    """Read the rules of a corpus. Raises ``CorpusErrors`` for a pattern that is no regular expression."""
    document = load_yaml(root / IDENTIFIERS_NAME)
    raw = validate(_RawIdentifiers, document)
    words = validate(_RawWords, load_yaml(root / WORDS_NAME))
    reader = _PatternReader(document, raw.macros)
    patterns = tuple(
        IdentifierPattern(item.kind, reader.read(item.pattern, ["patterns", place], exact=item.exact))
        for place, item in enumerate(raw.patterns)
    )
    contexts = tuple(
        NameContext(item.kind, item.side, item.sure, reader.read(item.pattern, ["contexts", place], exact=item.exact))
        for place, item in enumerate(raw.contexts)
    )
    if reader.errors:
        raise CorpusErrors(reader.errors)
    payers = [name for payer in load_payers(root).values() for name in payer.names]
    return IdentifierRules(patterns, contexts, _phrases([*raw.kept, *payers]), _vocabulary(raw, words))


class _PatternReader:
    """Compiles patterns with the macros put in, and keeps the faults."""

    def __init__(self, document: YamlDocument, macros: Mapping[str, str]) -> None:
        self.errors: list[CorpusError] = []
        self._document = document
        self._macros: dict[str, str] = {}
        for name, written in macros.items():
            self._macros[name] = self._filled(written)

    def read(self, written: str, place: list[str | int], *, exact: bool) -> re.Pattern[str]:
        try:
            return re.compile(self._filled(written), re.NOFLAG if exact else re.IGNORECASE)
        except re.error as error:
            problem = f"not a regular expression: {error}"
            self.errors.append(self._document.error([*place, "pattern"], problem, "Correct the pattern"))
            return re.compile("")

    def _filled(self, written: str) -> str:
        for name, pattern in self._macros.items():
            written = written.replace(f"{{{name}}}", f"(?:{pattern})")
        return written


def _phrases(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({name.casefold() for name in names}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _vocabulary(raw: _RawIdentifiers, words: _RawWords) -> Vocabulary:
    return Vocabulary(
        first_names=_words(words.first_names),
        surnames=_words(words.surnames),
        ordinary=_words(words.ordinary),
        eponyms=_words(raw.eponyms),
        stops=_words(raw.stops),
        particles=_words(raw.particles),
        credentials=_words(raw.credentials),
        organisations=_words(raw.organisations),
        generic=_words(raw.generic),
        endings=raw.endings,
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())
