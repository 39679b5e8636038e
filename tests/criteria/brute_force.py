"""The decision by brute force: truth tables over every combination of concrete fact values. Independent of the engine.

A table has one axis per fact it depends on. Criteria that share facts are joined on those axes only, and a fact that no
other table asks about is summed out, so policies with dozens of facts stay feasible.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from rag.criteria.determination import CriterionStatus, Status
from rag.criteria.policy import Basis, Criterion, Decides, Policy, Version
from rag.criteria.rules import AllOf, AnyOf, AtLeast, Leaf, Not, NotKnown, Part, Rule
from rag.criteria.values import Value
from tests.criteria.worlds import World, worlds

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Table:
    """``values[i, j, ...]``: the truth in the i-th world of the first fact, the j-th of the second, and so on."""

    facts: tuple[str, ...]
    values: Truths

    def on(self, facts: tuple[str, ...]) -> Truths:
        """The values with an axis for each of ``facts`` (of length 1 where the table does not depend on it)."""
        sizes = dict(zip(self.facts, self.values.shape, strict=True))
        return self.values.reshape([sizes.get(fact, 1) for fact in facts])

    @property
    def always(self) -> bool:
        return bool(self.values.all())

    @property
    def ever(self) -> bool:
        return bool(self.values.any())


def _join(one: Table, other: Table, *, either: bool = False) -> Table:
    facts = tuple(sorted({*one.facts, *other.facts}))
    join = np.logical_or if either else np.logical_and
    return Table(facts, join(one.on(facts), other.on(facts)))


def every(tables: Iterable[Table]) -> Table:
    return reduce(_join, tables, Table((), np.array(True)))


def some(tables: Iterable[Table]) -> Table:
    return reduce(lambda a, b: _join(a, b, either=True), tables, Table((), np.array(False)))


def negated(table: Table) -> Table:
    return Table(table.facts, ~table.values)


def can_hold_together(tables: Iterable[Table]) -> bool:
    """Whether some completion satisfies all: facts are summed out one by one, the least entangled first."""
    left = list(tables)
    while facts := {fact for table in left for fact in table.facts}:
        _, fact = min((_entangled(fact, left), fact) for fact in facts)
        joined = every(table for table in left if fact in table.facts)
        rest = tuple(other for other in joined.facts if other != fact)
        summed = Table(rest, np.asarray(joined.values.any(axis=joined.facts.index(fact))))
        left = [table for table in left if fact not in table.facts] + [summed]
    return all(table.ever for table in left)


def _entangled(fact: str, tables: list[Table]) -> int:
    return len({other for table in tables if fact in table.facts for other in table.facts})


class Tables:
    """Truth tables of a version's rules, given what is on record."""

    def __init__(self, policy: Policy, version: Version, facts: Mapping[str, Value]) -> None:
        self.asked: dict[str, list[Leaf]] = {}
        for criterion in version.criteria:
            for rule in _rules(criterion):
                self._collect(rule)
        self.worlds: dict[str, list[World]] = {
            fact: worlds(asked, facts.get(fact), policy.facts[fact]) for fact, asked in self.asked.items()
        }

    def _collect(self, rule: Rule) -> None:
        match rule:
            case AllOf(of) | AnyOf(of) | AtLeast(_, of):
                for child in of:
                    self._collect(child)
            case Not(inner):
                self._collect(inner)
            case Part():
                self._collect(rule.rule)
            case NotKnown():
                pass
            case leaf:
                self.asked.setdefault(leaf.fact, []).append(leaf)

    def of(self, rule: Rule, *, not_known: bool = False) -> Table:
        """The rule's table; ``not_known`` is what a rule the digest does not hold is taken to be."""
        match rule:
            case AllOf(of):
                return every(self.of(child, not_known=not_known) for child in of)
            case AnyOf(of):
                return some(self.of(child, not_known=not_known) for child in of)
            case AtLeast(n, of):
                return self._at_least(n, [self.of(child, not_known=not_known) for child in of])
            case Not(inner):
                return negated(self.of(inner, not_known=not not_known))
            case Part():
                return self.of(rule.rule, not_known=not_known)
            case NotKnown():
                return Table((), np.array(not_known))
            case leaf:
                place = self.asked[leaf.fact].index(leaf)
                return Table((leaf.fact,), np.array([world[place] for world in self.worlds[leaf.fact]]))

    @staticmethod
    def _at_least(n: int, tables: list[Table]) -> Table:
        facts = tuple(sorted({fact for table in tables for fact in table.facts}))
        counted = sum((table.on(facts).astype(int) for table in tables), np.zeros([1] * len(facts), dtype=int))
        return Table(facts, counted >= n)

    def demand(self, criterion: Criterion, *, not_known: bool = False) -> Table:
        rule = self.of(criterion.rule, not_known=not_known)
        return some([rule, self.of(criterion.exception.rule)]) if criterion.exception else rule

    def stated(self, criterion: Criterion, *, not_known: bool = False) -> Table:
        """A criterion asks for nothing where its guard is false; an alternative offers nothing there."""
        demand = self.demand(criterion, not_known=not_known)
        if criterion.when is None:
            return demand
        guard = self.of(criterion.when)
        return every([guard, demand]) if criterion.alternative_to else some([negated(guard), demand])


def _rules(criterion: Criterion) -> list[Rule]:
    guard = [criterion.when] if criterion.when else []
    return [criterion.rule, *guard, *([criterion.exception.rule] if criterion.exception else [])]


@dataclass(frozen=True)
class Sorted:
    """Tables by what they may do. ``firm``: may fail the request; ``mixed``: the confirmed ways of a group that has
    unconfirmed ones too; ``unconfirmed``: at their worst."""

    firm: tuple[tuple[Criterion, Table], ...]
    mixed: tuple[Table, ...]
    unconfirmed: tuple[Table, ...]
    breached: tuple[Criterion, ...]


def sort(version: Version, tables: Tables) -> Sorted:
    firm, mixed, unconfirmed = [], [], []
    limits = [c for c in version.criteria if c.decides is Decides.WHEN_RAISED]
    raised = [c for c in limits if c.when and tables.of(c.when).always]
    raised += [c for c in limits if c.exception and not c.when and not tables.of(c.rule, not_known=True).ever]
    for main in version.criteria:
        if (main.decides is not Decides.ALWAYS and main not in raised) or main.alternative_to:
            continue
        members = [main, *(c for c in version.criteria if c.alternative_to == main.id)]
        sure = [c for c in members if c.basis is not Basis.UNCONFIRMED]
        if len(sure) == len(members):
            firm.append((main, some(tables.stated(c) for c in members)))
        elif sure:
            spared = [negated(tables.of(main.when))] if main.when and main not in sure else []
            mixed.append(some([*spared, *(tables.stated(c) for c in sure)]))
        else:
            unconfirmed.append(some(tables.stated(c) for c in members))
    broken = [c for c in limits if c not in raised and not tables.stated(c, not_known=True).ever]
    breached = tuple(c for c in broken if c.basis is not Basis.UNCONFIRMED)
    unconfirmed += [Table((), np.array(False)) for c in broken if c.basis is Basis.UNCONFIRMED]
    return Sorted(tuple(firm), tuple(mixed), tuple(unconfirmed), breached)


def brute_force(
    policy: Policy, version: Version, facts: Mapping[str, Value]
) -> tuple[Status, dict[str, CriterionStatus]]:
    """The status on an open record, and the status of every row: criteria by id, their parts by ``criterion.part``."""
    tables = Tables(policy, version, facts)
    rows: dict[str, CriterionStatus] = {}
    for criterion in version.criteria:
        applies = criterion.when is None or tables.of(criterion.when).ever
        worst, best = (tables.stated(criterion, not_known=hope) for hope in (False, True))
        rows[criterion.id] = _row(worst.always, best.ever, applies)
        for part in _parts(criterion.rule):
            table = tables.of(part.rule)
            rows[f"{criterion.id}.{part.name}"] = _row(table.always, table.ever, applies)
    return _status(version, sort(version, tables)), rows


def _row(always: bool, ever: bool, applies: bool) -> CriterionStatus:
    if not applies:
        return CriterionStatus.NOT_APPLICABLE
    if always:
        return CriterionStatus.MET
    return CriterionStatus.NOT_DOCUMENTED if ever else CriterionStatus.NOT_MET


def _status(version: Version, found: Sorted) -> Status:
    if found.breached or not can_hold_together(table for _, table in found.firm):
        excluded = [*found.breached, *(main for main, table in found.firm if not table.ever)]
        return Status.NOT_COVERED if any(c.excludes for c in excluded) else Status.NOT_MET
    undecided = [table for table in found.mixed if table.ever and not table.always]
    if undecided or not all(table.always for _, table in found.firm):
        return Status.DOCUMENTATION
    rests_on = [*(table for _, table in found.firm), *(table for table in found.mixed if table.ever)]
    sure = all(table.always for table in (*found.mixed, *found.unconfirmed))
    return Status.MET if rests_on and sure and version.complete else Status.POLICY_CHECK


def deciding_facts(policy: Policy, version: Version, facts: Mapping[str, Value]) -> set[str]:
    """Facts for which two completions that differ in nothing else decide differently. For small policies only."""
    found = sort(version, Tables(policy, version, facts))
    if found.breached:
        return set()
    firm = every(table for _, table in found.firm)
    views = [firm, *(every([firm, table]) for table in found.mixed)]
    if version.complete:
        views.append(every([firm, *found.mixed, *found.unconfirmed]))
    return {fact for view in views for axis, fact in enumerate(view.facts) if _flips(view.values, axis)}


def _flips(values: Truths, axis: int) -> bool:
    return bool((values.any(axis=axis) & ~values.all(axis=axis)).any())


def _parts(rule: Rule) -> list[Part]:
    match rule:
        case AllOf(of) | AnyOf(of) | AtLeast(_, of):
            return [part for child in of for part in _parts(child)]
        case Not(inner):
            return _parts(inner)
        case Part():
            return [rule, *_parts(rule.rule)]
        case _:
            return []
