"""What the codes of a facts file imply, as derived facts beside those given."""

from __future__ import annotations

from collections.abc import Iterable

from rag.case.models import Case, Fact, Support, in_order, json_value
from rag.criteria.values import OneOf, Value
from rag.knowledge.codes import REGION, CodeBook
from rag.knowledge.vocabulary import Vocabulary

PROCEDURE, DIAGNOSIS = "procedure.code", "diagnosis.code"


def with_implied(case: Case, book: CodeBook, vocabulary: Vocabulary) -> Case:
    """The case with everything its structured codes establish. A contradiction with a given fact stays a conflict."""
    procedures, diagnoses = _codes(case, PROCEDURE), _codes(case, DIAGNOSIS)
    found = [item for code in procedures if code in book.procedures for item in book.procedures[code].implies.items()]
    groups = [group for code in diagnoses if (group := book.group_of(code)) is not None]
    found += [item for group in groups for item in group.implies.items()]
    if len(groups) == len(diagnoses) and not any(f.id.startswith("diagnosis.") and f.value is True for f in case.facts):
        found += [item for group in groups for item in group.implies_alone.items()]
    found += _narrowed_region(case, found, diagnoses, book)
    found += book.together(procedures).items()
    facts = {(name, str(value)): _fact(name, value) for name, value in found}
    return Case(facts=in_order((*case.facts, *facts.values()), vocabulary.order), text=case.text)


def _codes(case: Case, fact_id: str) -> tuple[str, ...]:
    given = [f.value for f in case.about(fact_id) if f.support is Support.STRUCTURED and isinstance(f.value, tuple)]
    return tuple(code for codes in given for code in codes)


def _narrowed_region(
    case: Case, implied: Iterable[tuple[str, Value]], diagnoses: Iterable[str], book: CodeBook
) -> list[tuple[str, Value]]:
    """The region of the diagnoses, where it narrows what the procedure codes leave open and no region is given."""
    options = [value.options for name, value in implied if name == REGION and isinstance(value, OneOf)]
    if not options or case.about(REGION):
        return []
    possible = frozenset.intersection(*options)
    named = frozenset(
        region for code in diagnoses if (group := book.group_of(code)) for region in group.regions(code) or ()
    )
    narrowed = possible & named
    return [(REGION, OneOf(narrowed))] if narrowed and narrowed != possible else []


def _fact(name: str, value: Value) -> Fact:
    return Fact(id=name, value=json_value(value), support=Support.DERIVED, source="facts")
