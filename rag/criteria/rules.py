"""The rule language as a tree of frozen nodes, and the reader of its leaves (``fact >= 50 %``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPERATORS = (">=", "<=", ">", "<", "=")


class RuleError(ValueError):
    """A rule that cannot be read; the message quotes it and says what would do."""


@dataclass(frozen=True)
class IsTrue:
    """A boolean fact that is true."""

    fact: str

    def __str__(self) -> str:
        return self.fact


@dataclass(frozen=True)
class Compare:
    """A quantity against a threshold: ``op`` one of ``OPERATORS``; ``unit`` as written, "" for none."""

    fact: str
    op: str
    amount: float
    unit: str

    def __str__(self) -> str:
        return f"{self.fact} {self.op} {self.amount:g}{' ' + self.unit if self.unit else ''}"


@dataclass(frozen=True)
class Member:
    """A choice, or any of the codes given, among ``options``."""

    fact: str
    options: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.fact} in [{', '.join(self.options)}]"


@dataclass(frozen=True)
class NotKnown:
    """A rule the digest does not hold: true or false, nobody here can say."""

    def __str__(self) -> str:
        return "rule not known"


@dataclass(frozen=True)
class AllOf:
    of: tuple[Rule, ...]

    def __str__(self) -> str:
        return "all of"


@dataclass(frozen=True)
class AnyOf:
    of: tuple[Rule, ...]

    def __str__(self) -> str:
        return "any of"


@dataclass(frozen=True)
class AtLeast:
    n: int
    of: tuple[Rule, ...]

    def __str__(self) -> str:
        return f"at least {self.n} of {len(self.of)}"


@dataclass(frozen=True)
class Not:
    rule: Rule

    def __str__(self) -> str:
        return "not"


@dataclass(frozen=True)
class Part:
    """A named part of a criterion: shown as a row of its own, with its own source if it has one."""

    name: str
    label: str
    rule: Rule
    source: str | None = None
    quote: str | None = None
    note: str | None = None

    def __str__(self) -> str:
        return self.name


Leaf = IsTrue | Compare | Member
Rule = Leaf | NotKnown | AllOf | AnyOf | AtLeast | Not | Part

TRUE = AllOf(())
FALSE = AnyOf(())

_FACT = r"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"
_IS_TRUE = re.compile(rf"^{_FACT}$")
_COMPARE = re.compile(rf"^{_FACT}\s*(>=|<=|>|<|=)\s*(\d+(?:\.\d+)?)\s*(%|days|weeks|months|years)?$")
_MEMBER = re.compile(rf"^{_FACT}\s+in\s+\[([^\]]+)\]$")


def parse_leaf(text: str) -> Leaf:
    """Read one leaf. Raises ``RuleError`` naming the forms that exist."""
    text = text.strip()
    if match := _IS_TRUE.match(text):
        return IsTrue(match[1])
    if match := _COMPARE.match(text):
        return Compare(match[1], match[2], float(match[3]), match[4] or "")
    if match := _MEMBER.match(text):
        options = tuple(option.strip().strip("\"'") for option in match[2].split(","))
        if not all(options):
            raise RuleError(f"an option is empty in the rule {text!r}; write 'fact in [a, b]'")
        return Member(match[1], options)
    raise RuleError(f"cannot read the rule {text!r}; write a fact, 'fact >= 50 %' or 'fact in [a, b]'")


def children(rule: Rule) -> tuple[Rule, ...]:
    match rule:
        case AllOf(of) | AnyOf(of) | AtLeast(_, of):
            return of
        case Not(inner):
            return (inner,)
        case Part():
            return (rule.rule,)
        case _:
            return ()


def leaves(rule: Rule) -> Iterator[Leaf]:
    """Every leaf occurrence, in reading order."""
    if isinstance(rule, IsTrue | Compare | Member):
        yield rule
    for child in children(rule):
        yield from leaves(child)


def parts(rule: Rule) -> Iterator[Part]:
    """Every named part, in reading order."""
    if isinstance(rule, Part):
        yield rule
    for child in children(rule):
        yield from parts(child)


def facts_of(rule: Rule) -> tuple[str, ...]:
    """The facts a rule asks about, once each, in reading order."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves(rule)))


def implies(condition: Rule, rule: Rule) -> Rule:
    return AnyOf((Not(condition), rule))


def pessimistic(rule: Rule) -> Rule:
    """The rule with what the digest does not hold taken as not fulfilled. Negations hold no ``NotKnown``."""
    match rule:
        case NotKnown():
            return FALSE
        case Part():
            return pessimistic(rule.rule)
        case AllOf(of):
            return AllOf(tuple(pessimistic(child) for child in of))
        case AnyOf(of):
            return AnyOf(tuple(pessimistic(child) for child in of))
        case AtLeast(n, of):
            return AtLeast(n, tuple(pessimistic(child) for child in of))
        case _:
            return rule
