"""Procedure families, procedure codes and groups of diagnosis codes (``codes.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from pydantic import Field

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.criteria.policy import Basis
from rag.criteria.values import OneOf, Quantity, Value
from rag.knowledge.fact_values import read_value
from rag.knowledge.vocabulary import Vocabulary

CODES_NAME = "codes.yaml"
APPROACH, REGION = "procedure.approach", "procedure.region"
REGION_COUNT, CONCURRENT = "procedure.region_count", "procedure.concurrent_procedure"


@dataclass(frozen=True)
class Family:
    """A kind of procedure. ``phrases`` are regular-expression fragments that name it."""

    id: str
    label: str
    phrases: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True)
class ProcedureCode:
    """``implies``: fact id to value, as the code alone establishes it."""

    code: str
    family: str
    label: str
    basis: Basis
    implies: Mapping[str, Value]
    add_on: bool = False
    note: str | None = None

    @property
    def approaches(self) -> frozenset[str]:
        return self._options(APPROACH)

    @property
    def regions(self) -> frozenset[str]:
        return self._options(REGION)

    def _options(self, fact: str) -> frozenset[str]:
        value = self.implies.get(fact)
        return value.options if isinstance(value, OneOf) else frozenset()


@dataclass(frozen=True)
class DiagnosisGroup:
    """``codes``: code, or the beginning of one followed by ``x``, to the regions it names."""

    id: str
    label: str
    basis: Basis
    codes: Mapping[str, frozenset[str]]
    implies: Mapping[str, Value]
    implies_alone: Mapping[str, Value]
    traps: str | None = None

    def regions(self, code: str) -> frozenset[str] | None:
        """Regions the code names (may be empty); ``None`` where the group does not hold the code."""
        if code in self.codes:
            return self.codes[code]
        return next((found for key, found in self.codes.items() if key[-1] == "x" and code.startswith(key[:-1])), None)


@dataclass(frozen=True)
class CodeBook:
    """``procedures`` also holds the codes a family only lists, with the family's label."""

    families: Mapping[str, Family]
    procedures: Mapping[str, ProcedureCode]
    groups: tuple[DiagnosisGroup, ...]

    def group_of(self, diagnosis: str) -> DiagnosisGroup | None:
        return next((group for group in self.groups if group.regions(diagnosis) is not None), None)

    def together(self, procedures: Iterable[str]) -> dict[str, Value]:
        """What codes requested for one session say together: how many regions at the least, and another procedure."""
        known = [code for name in procedures if (code := self.procedures.get(name))]
        said: dict[str, Value] = {}
        least = self.least_regions(code.code for code in known)
        if least > 1:
            said[REGION_COUNT] = Quantity(low=least, unit="count")
        if len({code.family for code in known}) > 1:
            said[CONCURRENT] = True
        return said

    def least_regions(self, procedures: Iterable[str]) -> int:
        """How many spinal regions the codes need at the least: the most codes of which no two share a region."""
        options = {code.regions for name in procedures if (code := self.procedures.get(name)) and code.regions}
        return max((len(some) for some in _subsets(options) if _disjoint(some)), default=0)

    def family_of(self, procedure: str) -> Family | None:
        found = self.procedures.get(procedure)
        return self.families[found.family] if found else None


def _subsets(options: Iterable[frozenset[str]]) -> Iterator[tuple[frozenset[str], ...]]:
    given = sorted(options, key=sorted)
    return chain.from_iterable(combinations(given, size) for size in range(1, len(given) + 1))


def _disjoint(options: Iterable[frozenset[str]]) -> bool:
    return all(one.isdisjoint(other) for one, other in combinations(options, 2))


class _RawFamily(CorpusModel):
    id: str
    label: str
    basis: Basis
    phrases: tuple[str, ...]
    codes: tuple[str, ...]


class _RawProcedure(CorpusModel):
    family: str
    label: str
    basis: Basis
    implies: dict[str, Any] = Field(default_factory=dict)
    add_on: bool = False
    note: str | None = None


class _RawGroup(CorpusModel):
    id: str
    label: str
    basis: Basis
    codes: dict[str, tuple[str, ...]]
    implies: dict[str, Any] = Field(default_factory=dict)
    implies_alone: dict[str, Any] = Field(default_factory=dict)
    traps: str | None = None


class _RawCodes(CorpusModel):
    families: tuple[_RawFamily, ...]
    procedures: dict[str, _RawProcedure]
    groups: tuple[_RawGroup, ...]


def load_codes(corpus: Path, vocabulary: Vocabulary) -> CodeBook:
    """Read ``corpus/codes.yaml``. Raises ``CorpusErrors`` with every fault, each with its line."""
    document = load_yaml(corpus / CODES_NAME)
    return _Reader(validate(_RawCodes, document), document, vocabulary).read()


class _Reader:
    def __init__(self, raw: _RawCodes, document: YamlDocument, vocabulary: Vocabulary) -> None:
        self.raw = raw
        self.document = document
        self.vocabulary = vocabulary
        self.errors: list[CorpusError] = []

    def read(self) -> CodeBook:
        families = {f.id: Family(f.id, f.label, f.phrases, f.basis) for f in self.raw.families}
        procedures = self._listed() | self._described(families)
        groups = tuple(self._group(place, raw) for place, raw in enumerate(self.raw.groups))
        self._check_once()
        if self.errors:
            raise CorpusErrors(self.errors)
        return CodeBook(families, procedures, groups)

    def _listed(self) -> dict[str, ProcedureCode]:
        return {
            code: ProcedureCode(code, family.id, family.label, family.basis, {})
            for family in self.raw.families
            for code in family.codes
        }

    def _described(self, families: Mapping[str, Family]) -> dict[str, ProcedureCode]:
        found = {}
        for code, raw in self.raw.procedures.items():
            place: list[str | int] = ["procedures", code]
            if raw.family not in families:
                self._fault(place, f"no family {raw.family!r}", f"Use one of {', '.join(families)}")
            implies = self._values(raw.implies, [*place, "implies"])
            found[code] = ProcedureCode(code, raw.family, raw.label, raw.basis, implies, raw.add_on, raw.note)
        return found

    def _group(self, index: int, raw: _RawGroup) -> DiagnosisGroup:
        place: list[str | int] = ["groups", index]
        known = self.vocabulary.facts[REGION].choices
        for code, regions in raw.codes.items():
            if wrong := [region for region in regions if region not in known]:
                self._fault([*place, "codes", code], f"{wrong[0]!r} is no region", f"Use {', '.join(known)}")
        codes = {code: frozenset(regions) for code, regions in raw.codes.items()}
        implies = self._values(raw.implies, [*place, "implies"])
        alone = self._values(raw.implies_alone, [*place, "implies_alone"])
        return DiagnosisGroup(raw.id, raw.label, raw.basis, codes, implies, alone, raw.traps)

    def _values(self, raw: Mapping[str, Any], place: list[str | int]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, given in raw.items():
            spec = self.vocabulary.facts.get(name)
            if spec is None:
                self._fault([*place, name], f"fact {name!r} is not declared", "Declare it in vocabulary.yaml")
                continue
            try:
                value = read_value(given, spec)
            except ValueError as error:
                self._fault([*place, name], str(error), "Correct the value")
                continue
            if value is not None:
                values[name] = value
        return values

    def _check_once(self) -> None:
        seen: dict[str, str] = {}
        places = [(code, f"family {f.id}") for f in self.raw.families for code in f.codes]
        places += [(code, "procedures") for code in self.raw.procedures]
        places += [(code, f"group {g.id}") for g in self.raw.groups for code in g.codes]
        for code, owner in places:
            if code in seen:
                self._fault([], f"code {code} stands in {seen[code]} and in {owner}", "Keep it in one place")
            seen[code] = owner

    def _fault(self, place: list[str | int], problem: str, remedy: str) -> None:
        self.errors.append(self.document.error(place, problem, remedy))
