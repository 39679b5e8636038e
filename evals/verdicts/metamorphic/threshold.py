"""A threshold crossed: the comparison itself must flip, and so must a criterion that is nothing but this threshold; the
other criteria that use the fact may, and no further one. What must come of it is worked out here, not by the engine."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.frame.measuring import measure, play
from evals.frame.methods import NULL, SYSTEM
from evals.frame.metric import Check, Item, Metric
from evals.frame.models import Measure
from evals.verdicts.case import VerdictCase
from evals.verdicts.methods.system import System
from rag.criteria.determination import Determination, TraceNode
from rag.criteria.policy import Criterion, Policy, Version
from rag.criteria.rules import Compare, Part, Rule, facts_of, leaves
from rag.knowledge.library import Knowledge
from rag.knowledge.vocabulary import Vocabulary

_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}


@dataclass(frozen=True)
class Threshold:
    """One number of one criterion, and a record to try it on. ``alone``: the criterion asks for nothing else.

    ``users``: the criteria that ask about the fact, or about one that follows from it.
    """

    policy: str
    criterion: str
    leaf: Compare
    case: VerdictCase
    users: frozenset[str]
    alone: bool

    @property
    def amounts(self) -> tuple[float, float, float]:
        """Below, at and above."""
        return max(self.leaf.amount - 1, 0), self.leaf.amount, self.leaf.amount + 1

    def facts(self, amount: float) -> dict[str, object]:
        unit = "" if self.leaf.unit in ("count", "points") else f" {self.leaf.unit}"
        return {**(self.case.facts or {}), self.leaf.fact: f"{amount:g}{unit}"}


@dataclass(frozen=True)
class Crossing:
    """What came of one amount: of the comparison itself, and of each criterion and each part of one, by id."""

    comparison: str
    criteria: Mapping[str, str]


Crossings = Mapping[float, Crossing]
"""By amount."""


def _judge(one: Threshold, found: Crossings) -> Iterator[Check]:
    rows = [crossing.criteria for crossing in found.values()]
    moved = sorted(name for name in rows[0] if len({row.get(name) for row in rows}) > 1)
    strays = [name for name in moved if name.split(".")[0] not in one.users and name not in one.users]
    if strays:
        yield Check(0, f"{one.leaf.fact} moves only {', '.join(sorted(one.users))}", f"moved: {', '.join(strays)}")
        return
    right = all(_as_reckoned(one, amount, found[amount]) for amount in one.amounts)
    told = ", ".join(f"{amount:g}: {found[amount].comparison}" for amount in one.amounts)
    yield Check(float(right), f"{one.criterion}: {one.leaf}", told)


THRESHOLDS_FLIP: Metric[Threshold, Crossings] = Metric(
    "thresholds-flip",
    "of all numbers in the criteria, those where a value below, at and above flips just the criteria that use it",
    _judge,
    of="thresholds",
)


def threshold_measure(cases: Sequence[VerdictCase], system: System, *, seed: int) -> Measure:
    """The null says every criterion is open, whatever the number."""
    items = [
        Item(id=f"{one.policy}/{one.case.on}/{one.criterion}/{one.leaf}", text=one.case.said, label=one)
        for one in thresholds(cases, system.knowledge)
    ]
    played = {SYSTEM: play(items, _crossing(system)), NULL: play(items, _open)}
    return measure(THRESHOLDS_FLIP, played, seed=seed)


def thresholds(cases: Sequence[VerdictCase], knowledge: Knowledge) -> Iterator[Threshold]:
    """Every number of every version that some labelled case falls into, on the fullest of those cases."""
    for name, policy in sorted(knowledge.policies.items()):
        for version in policy.versions:
            case = _fullest([one for one in cases if one.policy == name and one.facts and one.on in version.window])
            if case is not None:
                yield from _of_version(policy, version, case, knowledge.vocabulary)


def _of_version(policy: Policy, version: Version, case: VerdictCase, vocabulary: Vocabulary) -> Iterator[Threshold]:
    for criterion in version.criteria:
        for leaf in dict.fromkeys(_numbers(criterion)):
            moving = _following(leaf.fact, vocabulary)
            users = frozenset(one.id for one in version.criteria if moving & _uses(one))
            yield Threshold(policy.id, criterion.id, leaf, case, users, _alone(criterion, leaf))


def _following(fact: str, vocabulary: Vocabulary) -> set[str]:
    """The fact, and what the vocabulary derives from it, at one remove or more."""
    found, before = {fact}, set[str]()
    while found != before:
        before = set(found)
        found |= {one.fact for one in vocabulary.derivations if before & set(facts_of(one.when))}
    return found


def _numbers(criterion: Criterion) -> Iterator[Compare]:
    return (leaf for rule in _rules(criterion) for leaf in leaves(rule) if isinstance(leaf, Compare))


def _uses(criterion: Criterion) -> set[str]:
    return {fact for rule in _rules(criterion) for fact in facts_of(rule)}


def _rules(criterion: Criterion) -> list[Rule]:
    """What it asks, when it does, and what is excepted."""
    rules = [criterion.rule, criterion.when, criterion.exception.rule if criterion.exception else None]
    return [rule for rule in rules if rule is not None]


def _alone(criterion: Criterion, leaf: Compare) -> bool:
    rule: Rule = criterion.rule
    while isinstance(rule, Part):
        rule = rule.rule
    return rule == leaf and criterion.exception is None and criterion.when is None


def _fullest(cases: Sequence[VerdictCase]) -> VerdictCase | None:
    return max(cases, key=lambda case: (len(case.facts or {}), case.id), default=None)


def _crossing(system: System) -> Callable[[Item[Threshold]], Crossings]:
    def cross(item: Item[Threshold]) -> Crossings:
        one = item.label
        return {
            amount: _crossed(one, system.decided(one.policy, one.facts(amount), one.case.on)) for amount in one.amounts
        }

    return cross


def _crossed(one: Threshold, found: Determination) -> Crossing:
    nodes = [node for node in _nodes(found.trace[one.criterion]) if node.rule == str(one.leaf)]
    return Crossing(nodes[0].outcome, {row.id: row.status for row in found.criteria})


def _nodes(node: TraceNode) -> Iterator[TraceNode]:
    yield node
    for child in node.of:
        yield from _nodes(child)


def _open(item: Item[Threshold]) -> Crossings:
    nothing = Crossing("not_documented", {item.label.criterion: "not_documented"})
    return dict.fromkeys(item.label.amounts, nothing)


def _as_reckoned(one: Threshold, amount: float, found: Crossing) -> bool:
    must = "met" if _OPERATORS[one.leaf.op](amount, one.leaf.amount) else "not_met"
    return found.comparison == must and (not one.alone or found.criteria.get(one.criterion) == must)
