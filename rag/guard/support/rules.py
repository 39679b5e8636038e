"""How sentences and passages are compared (``support.yaml``), ready to use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rag.guard.support.stems import Spelling


@dataclass(frozen=True)
class Unit:
    """``factor``: how many of ``family`` one of the unit is. ``counts``: the unit is a thing counted."""

    name: str
    family: str
    factor: float
    counts: bool


@dataclass(frozen=True, eq=False)
class NumberRules:
    """Patterns that find numbers, their units and what bounds them; group ``u<n>`` is ``units[n]``."""

    number: re.Pattern[str]
    date: re.Pattern[str]
    words: Mapping[str, float]
    weak: frozenset[str]
    shares: Mapping[str, float]
    times: Mapping[str, float]
    ordinals: Mapping[str, int]
    months: Mapping[str, int]
    units: tuple[Unit, ...]
    unit_after: re.Pattern[str]
    counted_after: re.Pattern[str]
    unit_before: re.Pattern[str]
    share_before: re.Pattern[str]
    article: re.Pattern[str]
    range_joiner: re.Pattern[str]
    ratio_joiner: re.Pattern[str]
    not_number: re.Pattern[str]
    classes: tuple[frozenset[str], ...]
    class_before: re.Pattern[str]
    class_after: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class NegationRules:
    """``reach``: words after a cue that are negated, at most; ``short_reach`` after a cue that is ``short``."""

    cue: re.Pattern[str]
    not_cue: re.Pattern[str]
    reserve: re.Pattern[str]
    contrast: re.Pattern[str]
    contrast_reach: int
    barring: re.Pattern[str]
    end: re.Pattern[str]
    reach: int
    short: re.Pattern[str]
    short_reach: int


@dataclass(frozen=True, eq=False)
class Opposites:
    """Patterns of which a sentence may not have one where its passage has another.

    ``contradictory``: denying one side says the other.
    """

    name: str
    sides: tuple[re.Pattern[str], ...]
    contradictory: bool


@dataclass(frozen=True, eq=False)
class Wording:
    """``said`` in one text calls for ``kept`` in the other."""

    name: str
    said: re.Pattern[str]
    kept: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class Mark:
    """A kind of small words: ``said`` calls for ``counterpart`` in the other text, but not in ``harmless`` phrases.

    ``kept``: a claim may not leave it out either; ``beside``: it has to stand by like words, and if ``sided`` before
    them; ``counted``: one counterpart serves one mark.
    """

    name: str
    said: re.Pattern[str]
    counterpart: re.Pattern[str]
    harmless: re.Pattern[str]
    kept: bool
    beside: bool
    sided: bool
    counted: bool


@dataclass(frozen=True, eq=False)
class ModalityRules:
    strong: re.Pattern[str]
    strong_in_passage: re.Pattern[str]
    weak_in_passage: re.Pattern[str]
    reserves: tuple[Wording, ...]
    added: tuple[Wording, ...]
    says_unconfirmed: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class NameRules:
    """``terms``: for each kind of thing the pattern of all its names; ``known``: names of payers and publishers."""

    codes: re.Pattern[str]
    levels: re.Pattern[str]
    designators: re.Pattern[str]
    ordinary: frozenset[str]
    initials: Mapping[str, str]
    terms: tuple[re.Pattern[str], ...]
    known: re.Pattern[str] | None = None


@dataclass(frozen=True, eq=False)
class SupportRules:
    """``phrases``: synonym groups by the key of their first word: the keys of the phrase, and the group's name.

    ``prefixed``: words that a beginning turns into the opposite of group ``word``.
    """

    stop_words: frozenset[str]
    spellings: tuple[Spelling, ...]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    numbers: NumberRules
    negation: NegationRules
    prefixed: re.Pattern[str]
    opposites: tuple[Opposites, ...]
    modality: ModalityRules
    quantifiers: tuple[Wording, ...]
    restrictions: tuple[Wording, ...]
    marks: tuple[Mark, ...]
    harmless: frozenset[str]
    names: NameRules
