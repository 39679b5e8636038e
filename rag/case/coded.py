"""Facts that codes establish: the codes themselves, what a procedure code implies, what a diagnosis code implies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rag.case.masking import Token
from rag.case.models import Fact, Support, json_value
from rag.case.regions import Regions, region_fact
from rag.case.statements import Passage
from rag.case.topics import Topics
from rag.criteria.values import Codes, Value
from rag.knowledge.codes import CodeBook

PROCEDURE, DIAGNOSIS = "procedure.code", "diagnosis.code"
_DIAGNOSIS_IGNORES = ("plan", "question")  # "requesting ... for M00.0" tells the diagnosis
_REQUEST_IGNORES = ("hypothesis", "plan", "question", "policy", "uncertainty")


class CodedFacts:
    """Reads the code tokens of one passage."""

    def __init__(
        self, *, passage: Passage, topics: Topics, book: CodeBook, alternative: re.Pattern[str], source: str
    ) -> None:
        """``alternative`` finds the words that make two codes a choice between them."""
        self._passage = passage
        self._book = book
        self._alternative = alternative
        self._source = source
        masked = passage.masked
        self.procedures = _once(
            token
            for token in masked.of_kind("procedure_code")
            if not passage.kinds((token.start, token.end), _REQUEST_IGNORES)
            and not any(t.start < token.end and token.start < t.end for t in topics.of("prior"))
        )
        self.diagnoses = _once(
            token
            for token in masked.of_kind("diagnosis_code")
            if not passage.kinds((token.start, token.end), _DIAGNOSIS_IGNORES)
        )

    def facts(self, known: Iterable[Fact]) -> list[Fact]:
        """All facts of the codes. ``known``: what the words say; it decides whether a code stands alone."""
        facts = [self._code(PROCEDURE, token) for token in self.procedures]
        facts += [self._code(DIAGNOSIS, token) for token in self.diagnoses]
        for token in self.procedures:
            procedure = self._book.procedures.get(token.value)
            facts += self._implied(token, procedure.implies if procedure else {})
        facts += self._together()
        groups = {token.value: self._book.group_of(token.value) for token in self.diagnoses}
        for token in self.diagnoses:
            group = groups[token.value]
            facts += self._implied(token, group.implies if group else {})
        if all(group is not None and group.implies_alone for group in groups.values()) and not _has_diagnosis(known):
            for token in self.diagnoses:
                group = groups[token.value]
                facts += self._implied(token, group.implies_alone if group else {})
        return facts

    def _together(self) -> list[Fact]:
        """What several codes say together, where they are not named as alternatives."""
        ends = zip(self.procedures, self.procedures[1:], strict=False)
        if any(self._alternative.search(self._passage.masked.masked, one.end, other.start) for one, other in ends):
            return []
        said = self._book.together(token.value for token in self.procedures)
        return self._implied(self.procedures[-1], said) if said else []

    def diagnosis_region(self, requested: Regions) -> list[Fact]:
        """The region of the diagnoses, where it narrows the ``requested`` ones (empty: not known) and fits them."""
        found = [(token, regions) for token in self.diagnoses if (regions := self._regions(token))]
        named = frozenset(region for _, regions in found for region in regions)
        narrowed = named & requested if requested else named
        if not narrowed or narrowed == requested:
            return []
        token = next(token for token, regions in found if regions & narrowed)
        return [region_fact(narrowed, self._passage.masked.text, token.start, token.end, self._source)]

    def _regions(self, token: Token) -> Regions:
        group = self._book.group_of(token.value)
        return (group.regions(token.value) if group else None) or frozenset()

    def _code(self, fact: str, token: Token) -> Fact:
        return self._fact(fact, Codes(frozenset([token.value])), Support.STATED, token)

    def _implied(self, token: Token, implies: Mapping[str, Value]) -> list[Fact]:
        return [self._fact(fact, value, Support.DERIVED, token) for fact, value in implies.items()]

    def _fact(self, fact: str, value: Value, support: Support, token: Token) -> Fact:
        return Fact(
            id=fact,
            value=json_value(value),
            support=support,
            quote=self._passage.masked.text[token.start : token.end],
            start=token.start,
            end=token.end,
            source=self._source,
        )


def _once(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """The first mention of each code."""
    first: dict[str, Token] = {}
    for token in tokens:
        first.setdefault(token.value, token)
    return tuple(first.values())


def _has_diagnosis(facts: Iterable[Fact]) -> bool:
    return any(fact.id.startswith("diagnosis.") and fact.value is True for fact in facts)
