"""Generated policies and generated records: rule trees over all fact types, with facts that occur again and again."""

from dataclasses import replace
from itertools import count

from hypothesis import strategies as st

from rag.criteria.policy import Basis, Criterion, Decides, Exception_, Version
from rag.criteria.rules import AllOf, AnyOf, AtLeast, Leaf, Not, NotKnown, Part, Rule, parse_leaf
from rag.criteria.values import Codes, OneOf, Quantity, Value
from tests.criteria.build import OPTIONS, TYPES, criterion, version

OPS = [">=", ">", "<", "<=", "="]
THRESHOLDS = {
    "percent": ["30 %", "50 %", "80 %"],
    "score": ["4", "6"],
    "count": ["1", "2", "4"],
    "duration": ["2 weeks", "90 days", "13 weeks", "3 months", "6 months", "1 years"],
}
CODES = ["11111", "22222", "33333"]
LISTS = [["fluoroscopy", "ct"], ["ct", "ultrasound"], ["none"]]


def leaf_of(fact: str) -> st.SearchStrategy[Leaf]:
    kind = TYPES[fact]
    if kind == "boolean":
        return st.just(parse_leaf(fact))
    if kind == "choice":
        return st.sampled_from([parse_leaf(f"{fact} in [{', '.join(names)}]") for names in LISTS])
    if kind == "codes":
        lists = [CODES[:1], CODES[:2], CODES[1:]]
        return st.sampled_from([parse_leaf(f"{fact} in [{', '.join(names)}]") for names in lists])
    return st.sampled_from([parse_leaf(f"{fact} {op} {limit}") for op in OPS for limit in THRESHOLDS[kind]])


def rules(names: list[str], *, leaves: int = 5) -> st.SearchStrategy[Rule]:
    leaf: st.SearchStrategy[Rule] = st.sampled_from(names).flatmap(leaf_of)

    def grown(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        counted = several.flatmap(lambda of: st.integers(1, len(of)).map(lambda n: AtLeast(n, of)))
        part = inner.map(lambda rule: Part("unnamed", "a part", rule))
        return several.map(AllOf) | several.map(AnyOf) | counted | inner.map(Not) | part

    return st.recursive(leaf, grown, max_leaves=leaves)


def _named(rule: Rule, numbers: "count[int]") -> Rule:
    """The rule with parts named apart."""
    match rule:
        case AllOf(of):
            return AllOf(tuple(_named(child, numbers) for child in of))
        case AnyOf(of):
            return AnyOf(tuple(_named(child, numbers) for child in of))
        case AtLeast(n, of):
            return AtLeast(n, tuple(_named(child, numbers) for child in of))
        case Not(inner):
            return Not(_named(inner, numbers))
        case Part():
            return Part(f"part{next(numbers)}", rule.label, _named(rule.rule, numbers))
        case _:
            return rule


@st.composite
def criteria(draw: st.DrawFn, id_: str, names: list[str], *, sure: bool) -> Criterion:
    found = criterion(id_, names[0] if TYPES[names[0]] == "boolean" else None)
    few = rules(names, leaves=2)
    numbers = count(1)
    found = replace(
        found,
        rule=_named(draw(rules(names)), numbers),
        when=draw(st.none() | few),
        exception=draw(st.none() | few.map(lambda rule: Exception_("an exception", _named(rule, numbers)))),
        excludes=draw(st.sampled_from([False, False, True])),
    )
    if sure or draw(st.sampled_from([True, True, False])):
        return found
    unwritten = draw(st.sampled_from([False, False, True]))
    return replace(found, basis=Basis.UNCONFIRMED, rule=NotKnown() if unwritten else found.rule)


@st.composite
def versions(draw: st.DrawFn, *, sure: bool = False, when_raised: bool = True) -> Version:
    """A version with up to five criteria over three to six facts. ``sure``: all confirmed."""
    names = draw(st.lists(st.sampled_from(sorted(TYPES)), min_size=3, max_size=6, unique=True))
    mains = [draw(criteria(f"main{i}", names, sure=sure)) for i in range(draw(st.integers(1, 3)))]
    others = []
    for i in range(draw(st.integers(0, 2))):
        other = draw(criteria(f"other{i}", names, sure=sure))
        limit = when_raised and draw(st.booleans())
        kind = draw(st.sampled_from([Decides.WHEN_RAISED, Decides.WHEN_RAISED, Decides.NEVER]))
        main = draw(st.sampled_from(mains)).id
        others.append(replace(other, decides=kind) if limit else replace(other, alternative_to=main))
    return version(*mains, *others, complete=draw(st.sampled_from([True, True, False])))


def values(fact: str) -> st.SearchStrategy[Value]:
    """What a record may say of a fact: consistent, and often not decisive."""
    kind = TYPES[fact]
    if kind == "boolean":
        return st.booleans()
    if kind == "choice":
        return st.sets(st.sampled_from(OPTIONS), min_size=1, max_size=3).map(lambda some: OneOf(frozenset(some)))
    if kind == "codes":
        return st.sets(st.sampled_from([*CODES, "99999"]), min_size=1, max_size=2).map(
            lambda some: Codes(frozenset(some))
        )
    return intervals(kind)


AMOUNTS = {
    "percent": [(n, "%") for n in (0, 29, 30, 40, 50, 51, 80, 100)],
    "score": [(n, "points") for n in (0, 3, 4, 5, 6, 10)],
    "count": [(n, "count") for n in (0, 1, 2, 3, 4, 5)],
}
DURATIONS = {
    "days": [13, 14, 15, 88, 89, 90, 91, 92, 93, 181, 184, 365, 366],
    "weeks": [2, 12, 13, 14, 26],
    "months": [1, 2, 3, 4, 6, 12],
    "years": [1, 2],
}


@st.composite
def intervals(draw: st.DrawFn, kind: str) -> Quantity:
    if kind == "duration":
        unit = draw(st.sampled_from(sorted(DURATIONS)))
        amounts = DURATIONS[unit]
    else:
        amounts, unit = [amount for amount, _ in AMOUNTS[kind]], AMOUNTS[kind][0][1]
    low, high = sorted((draw(st.sampled_from(amounts)), draw(st.sampled_from(amounts))))
    if low == high or draw(st.booleans()):
        return Quantity.exactly(low, unit)
    whole = kind == "count"  # an open count between neighbours would hold no whole number
    low_open, high_open = (False, False) if whole else (draw(st.booleans()), draw(st.booleans()))
    unbounded = draw(st.sampled_from(["", "", "low", "high"]))
    return Quantity(
        low=None if unbounded == "low" else low,
        high=None if unbounded == "high" else high,
        low_open=low_open and unbounded != "low",
        high_open=high_open and unbounded != "high",
        unit=unit,
    )


def asked_facts(found: Version) -> list[str]:
    """The facts a version asks about, sorted."""
    names: set[str] = set()

    def collect(rule: Rule | None) -> None:
        match rule:
            case None | NotKnown():
                pass
            case AllOf(of) | AnyOf(of) | AtLeast(_, of):
                for child in of:
                    collect(child)
            case Not(inner):
                collect(inner)
            case Part():
                collect(rule.rule)
            case leaf:
                names.add(leaf.fact)

    for one in found.criteria:
        collect(one.rule)
        collect(one.when)
        collect(one.exception.rule if one.exception else None)
    return sorted(names)


@st.composite
def records(draw: st.DrawFn, found: Version) -> dict[str, Value]:
    """Partial facts; each fact the version asks about is as likely unknown as known."""
    return {fact: draw(values(fact)) for fact in asked_facts(found) if draw(st.booleans())}
