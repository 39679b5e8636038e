"""The shape of ``support.yaml``, as written."""

from __future__ import annotations

from ingest.front_matter import CorpusModel

Names = tuple[str, ...]


class RawSpelling(CorpusModel):
    from_: str
    to: str

    model_config = CorpusModel.model_config | {"alias_generator": lambda name: name.rstrip("_")}


class RawUnit(CorpusModel):
    unit: str
    words: Names
    family: str | None = None
    times: float = 1
    leading: Names = ()
    counts: bool = False


class RawComparison(CorpusModel):
    class_: str
    loose: bool = False
    before: Names = ()
    after: Names = ()

    model_config = CorpusModel.model_config | {"alias_generator": lambda name: name.rstrip("_")}


class RawNumbers(CorpusModel):
    words: dict[str, float]
    magnitudes: dict[str, float]
    weak: Names
    shares: dict[str, float]
    share_before: str
    times: dict[str, float]
    ordinals: dict[str, int]
    article_after: Names
    not_numbers: Names
    fillers: Names
    range_joiners: Names
    ratio_joiners: Names
    months: dict[str, int]
    units: tuple[RawUnit, ...]
    comparisons: tuple[RawComparison, ...]
    between: Names
    trailing_words: int


class RawNegation(CorpusModel):
    cues: Names
    contrasts: Names
    contrast_reach: int
    reserves: Names
    not_cues: Names
    barring: Names
    ends: Names
    reach: int
    short: Names
    short_reach: int


class RawOpposites(CorpusModel):
    name: str
    sides: tuple[Names, ...]
    contradictory: bool = False


class RawReserve(CorpusModel):
    name: str
    found: Names
    kept: Names


class RawAdded(CorpusModel):
    name: str
    words: Names
    in_passage: Names


class RawModality(CorpusModel):
    strong: Names
    strong_in_passage: Names
    weak_in_passage: Names
    reserves: tuple[RawReserve, ...]
    added: tuple[RawAdded, ...]
    says_unconfirmed: Names


class RawQuantifier(CorpusModel):
    name: str
    claim: Names
    passage: Names


class RawMark(CorpusModel):
    name: str
    words: Names
    in_passage: Names = ()
    harmless: Names = ()
    kept: bool = False
    beside: bool = True
    sided: bool = False
    counted: bool = False


class RawNames(CorpusModel):
    codes: Names
    levels: str
    designators: str
    ordinary: Names
    initials: dict[str, str]
    terms: tuple[Names, ...]


class RawSupport(CorpusModel):
    stop_words: Names
    spellings: tuple[RawSpelling, ...]
    synonyms: tuple[Names, ...]
    numbers: RawNumbers
    negation: RawNegation
    opposing_prefixes: Names
    opposites: tuple[RawOpposites, ...]
    modality: RawModality
    quantifiers: tuple[RawQuantifier, ...]
    restrictions: tuple[RawReserve, ...]
    marks: tuple[RawMark, ...]
    harmless: Names
    names: RawNames
