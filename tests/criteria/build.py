"""Small policies to test with, written in the policy language itself."""

from collections.abc import Mapping
from datetime import date

from rag.criteria.decide import decide
from rag.criteria.determination import CriterionStatus, Determination, Record
from rag.criteria.policy import Basis, Criterion, Decides, Exception_, FactSpec, Policy, Version, Window
from rag.criteria.rules import AllOf, AnyOf, AtLeast, Not, NotKnown, Part, Rule, parse_leaf
from rag.criteria.values import DOMAINS, Codes, FactType, OneOf, Value, parse_quantity

DAY = date(2025, 6, 1)
OPTIONS = ("fluoroscopy", "ct", "ultrasound", "none")
CODE = "11111"
"""A code every small policy governs."""

TYPES: dict[str, FactType] = {
    "yes.a": "boolean",
    "yes.b": "boolean",
    "yes.c": "boolean",
    "yes.d": "boolean",
    "relief.amount": "percent",
    "relief.duration": "duration",
    "care.duration": "duration",
    "session.count": "count",
    "pain.score": "score",
    "image.guidance": "choice",
    "procedure.code": "codes",
    "diagnosis.code": "codes",
}


def rule(written: object) -> Rule:
    """A rule from the language's forms: text, ``None``, or a mapping with one of its nodes."""
    match written:
        case None:
            return NotKnown()
        case str():
            return parse_leaf(written)
        case {"part": str(name), "rule": inner}:
            return Part(name, f"part {name}", rule(inner))
        case {"all_of": list(of)}:
            return AllOf(tuple(rule(child) for child in of))
        case {"any_of": list(of)}:
            return AnyOf(tuple(rule(child) for child in of))
        case {"at_least": {"n": int(n), "of": list(of)}}:
            return AtLeast(n, tuple(rule(child) for child in of))
        case {"not": inner}:
            return Not(rule(inner))
    raise AssertionError(f"not a rule: {written!r}")


def criterion(
    id_: str,
    written: object,
    *,
    when: object = None,
    exception: object = None,
    alternative_to: str | None = None,
    decides: Decides = Decides.ALWAYS,
    basis: Basis = Basis.PUBLISHER,
    excludes: bool = False,
) -> Criterion:
    return Criterion(
        id=id_,
        label=f"label of {id_}",
        source="doc#anchor",
        quote="words",
        basis=basis,
        rule=rule(written),
        when=None if when is None else rule(when),
        exception=None if exception is None else Exception_("exception", rule(exception)),
        alternative_to=alternative_to,
        decides=decides,
        excludes=excludes,
    )


def version(
    *criteria: Criterion, complete: bool = True, name: str = "1", start: date | None = None, end: date | None = None
) -> Version:
    return Version(name, Window(start, end), complete, None, criteria)


def policy(*versions: Version) -> Policy:
    """A policy over the facts of ``TYPES`` that governs ``CODE``."""
    specs = {
        fact: FactSpec(fact, kind, f"label of {fact}", f"{fact}?", OPTIONS if kind == "choice" else ())
        for fact, kind in TYPES.items()
    }
    return Policy("test-policy", "Test policy", "payer", "Payer", frozenset({CODE}), versions, specs)


def facts(written: Mapping[str, bool | str | list[str]]) -> dict[str, Value]:
    """Facts as a facts file writes them."""
    found: dict[str, Value] = {}
    for fact, given in written.items():
        kind = TYPES[fact]
        if isinstance(given, bool):
            found[fact] = given
        elif kind in DOMAINS:
            assert isinstance(given, str)
            found[fact] = parse_quantity(given, kind)
        else:
            names = frozenset([given] if isinstance(given, str) else given)
            found[fact] = OneOf(names) if kind == "choice" else Codes(names)
    return found


def decided(
    criteria: Criterion | tuple[Criterion, ...],
    given: Mapping[str, bool | str | list[str]],
    *,
    complete: bool = True,
    record: Record = Record.OPEN,
) -> Determination:
    """The decision of a policy with one version of ``criteria`` on a request for the code it governs."""
    members = criteria if isinstance(criteria, tuple) else (criteria,)
    return decide(
        policy(version(*members, complete=complete)), facts({"procedure.code": [CODE], **given}), DAY, record=record
    )


def row(determination: Determination, id_: str) -> CriterionStatus:
    """The status of one row of the checklist."""
    return next(result.status for result in determination.criteria if result.id == id_)
