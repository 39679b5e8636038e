"""Reading ``corpus/support.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.guard.support.number_rules import number_rules
from rag.guard.support.patterns import compiled, words_pattern
from rag.guard.support.raw_rules import RawMark, RawNames, RawReserve, RawSupport
from rag.guard.support.rules import Mark, ModalityRules, NameRules, NegationRules, Opposites, SupportRules, Wording
from rag.guard.support.stems import Spelling, stem

SUPPORT_NAME = "support.yaml"
Part = TypeVar("Part")


def load_support(root: Path) -> SupportRules:
    """Read ``support.yaml`` of the corpus at ``root``.

    Raises ``CorpusError`` or ``CorpusErrors`` for unknown keys and for patterns that are no regular expressions.
    """
    document = load_yaml(root / SUPPORT_NAME)
    raw = validate(RawSupport, document)
    parts = _Parts(document)
    spellings = parts.build(
        ["spellings"], lambda: tuple(Spelling(re.compile(item.from_), item.to) for item in raw.spellings)
    )
    numbers = parts.build(["numbers"], lambda: number_rules(raw.numbers))
    negation = parts.build(["negation"], lambda: _negation(raw))
    opposites = parts.each(
        ["opposites"],
        raw.opposites,
        lambda item: Opposites(item.name, tuple(compiled(side) for side in item.sides), item.contradictory),
    )
    modality = parts.build(["modality"], lambda: _modality(raw, parts))
    quantifiers = parts.each(
        ["quantifiers"], raw.quantifiers, lambda item: _wording(item.name, item.claim, item.passage)
    )
    restrictions = parts.each(["restrictions"], raw.restrictions, _reserve)
    marks = parts.each(["marks"], raw.marks, _mark)
    names = parts.build(["names"], lambda: _names(raw.names))
    parts.finish()
    assert spellings is not None and numbers is not None and negation is not None
    assert modality is not None and names is not None
    return SupportRules(
        stop_words=frozenset(raw.stop_words),
        spellings=spellings,
        phrases=_phrases(raw.synonyms, spellings),
        numbers=numbers,
        negation=negation,
        prefixed=re.compile(rf"(?<!\w)(?:{'|'.join(raw.opposing_prefixes)})-?(?P<word>[^\W\d_]{{4,}})", re.IGNORECASE),
        opposites=opposites,
        modality=modality,
        quantifiers=quantifiers,
        restrictions=restrictions,
        marks=marks,
        harmless=frozenset(stem(word, spellings) for word in raw.harmless),
        names=names,
    )


class _Parts:
    """Builds one part after the other and keeps the faults of all."""

    def __init__(self, document: YamlDocument) -> None:
        self._document = document
        self._errors: list[CorpusError] = []

    def build(self, place: list[str | int], made: Callable[[], Part]) -> Part | None:
        try:
            return made()
        except re.error as error:
            problem = f"not a regular expression: {error} ({error.pattern!r})"
            self._errors.append(self._document.error(place, problem, "Correct the pattern"))
            return None

    def each(self, place: list[str | int], items: Iterable[object], made: Callable[..., Part]) -> tuple[Part, ...]:
        built = [self.build([*place, number], partial(made, item)) for number, item in enumerate(items)]
        return tuple(part for part in built if part is not None)

    def finish(self) -> None:
        if self._errors:
            raise CorpusErrors(self._errors)


def _wording(name: str, said: Iterable[str], kept: Iterable[str]) -> Wording:
    return Wording(name, compiled(said), compiled(kept))


def _reserve(item: RawReserve) -> Wording:
    return _wording(item.name, item.found, item.kept)


def _mark(item: RawMark) -> Mark:
    return Mark(
        name=item.name,
        said=compiled(item.words),
        counterpart=compiled([*item.words, *item.in_passage]),
        harmless=compiled(item.harmless),
        kept=item.kept,
        beside=item.beside,
        sided=item.sided,
        counted=item.counted,
    )


def _negation(raw: RawSupport) -> NegationRules:
    rules = raw.negation
    return NegationRules(
        cue=compiled(rules.cues),
        not_cue=compiled(rules.not_cues),
        reserve=compiled(rules.reserves),
        contrast=compiled(rules.contrasts),
        contrast_reach=rules.contrast_reach,
        barring=compiled(rules.barring),
        end=re.compile(rf"[,;:]|[.!?](?=\s|$)|{compiled(rules.ends).pattern}", re.IGNORECASE),
        reach=rules.reach,
        short=compiled(rules.short),
        short_reach=rules.short_reach,
    )


def _modality(raw: RawSupport, parts: _Parts) -> ModalityRules:
    rules = raw.modality
    return ModalityRules(
        strong=compiled(rules.strong),
        strong_in_passage=compiled(rules.strong_in_passage),
        weak_in_passage=compiled(rules.weak_in_passage),
        reserves=parts.each(["modality", "reserves"], rules.reserves, _reserve),
        added=parts.each(
            ["modality", "added"], rules.added, lambda item: _wording(item.name, item.words, item.in_passage)
        ),
        says_unconfirmed=compiled(rules.says_unconfirmed),
    )


def _names(raw: RawNames) -> NameRules:
    codes = "|".join(rf"(?<![\w.-])(?:{pattern})(?![\w-])" for pattern in raw.codes)
    return NameRules(
        codes=re.compile(codes, re.IGNORECASE),
        levels=re.compile(rf"(?<![\w-])(?:{raw.levels})(?!\w)"),
        designators=re.compile(rf"(?<![\w-])(?:{raw.designators})(?![\w-])"),
        ordinary=frozenset(raw.ordinary),
        initials=raw.initials,
        terms=tuple(re.compile(words_pattern(group), re.IGNORECASE) for group in raw.terms),
    )


def _phrases(
    groups: Iterable[tuple[str, ...]], spellings: tuple[Spelling, ...]
) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Longest phrase first, so that it is the one found; a phrase of two groups belongs to the first."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for group in groups:
        name = f"={group[0]}"
        for words in group:
            keys = tuple(stem(word, spellings) for word in re.findall(r"[^\W_]+", words))
            found.setdefault(keys[0], {}).setdefault(keys, name)
    return {first: tuple(sorted(of.items(), key=lambda item: -len(item[0]))) for first, of in found.items()}
