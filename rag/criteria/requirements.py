"""From criteria to the rules that decide: guards, exceptions, alternatives, and what an unconfirmed criterion may do."""

from __future__ import annotations

from dataclasses import dataclass

from rag.criteria.cells import Cells
from rag.criteria.exact import outcomes_over
from rag.criteria.policy import Basis, Criterion, Decides, Version
from rag.criteria.rules import AllOf, AnyOf, Not, NotKnown, Rule, implies

ONLY_FALSE = frozenset({False})
ONLY_TRUE = frozenset({True})


def demand(criterion: Criterion) -> Rule:
    """The rule with its exception."""
    if criterion.exception:
        return AnyOf((criterion.exception.rule, criterion.rule))
    return criterion.rule


def guarded(criterion: Criterion) -> Rule:
    """The demand where its guard holds; nothing elsewhere."""
    return implies(criterion.when, demand(criterion)) if criterion.when else demand(criterion)


def as_alternative(criterion: Criterion) -> Rule:
    """An alternative helps only where its own guard holds."""
    return AllOf((criterion.when, demand(criterion))) if criterion.when else demand(criterion)


@dataclass(frozen=True)
class Group:
    """A criterion with the alternatives to it: one of them has to be met."""

    main: Criterion
    alternatives: tuple[Criterion, ...]

    @property
    def members(self) -> tuple[Criterion, ...]:
        return (self.main, *self.alternatives)

    @property
    def whole(self) -> Rule:
        return AnyOf((guarded(self.main), *(as_alternative(other) for other in self.alternatives)))

    @property
    def confirmed(self) -> Rule:
        """The rule without its unconfirmed members (``AnyOf(())``, never met, when none is confirmed)."""
        rules = [as_alternative(other) for other in self.alternatives if is_confirmed(other)]
        if is_confirmed(self.main):
            rules.insert(0, guarded(self.main))
        elif self.main.when is not None and rules:
            rules.insert(0, Not(self.main.when))
        return AnyOf(tuple(rules))

    @property
    def all_confirmed(self) -> bool:
        return all(is_confirmed(member) for member in self.members)

    @property
    def any_confirmed(self) -> bool:
        return any(is_confirmed(member) for member in self.members)


@dataclass(frozen=True)
class Requirements:
    """``strict``: what must hold for the verdict. ``unconfirmed``: what only a reader of the policy itself can settle."""

    strict: tuple[Rule, ...]
    unconfirmed: tuple[Rule, ...]
    breaches: tuple[Criterion, ...]


def is_confirmed(criterion: Criterion) -> bool:
    return criterion.basis is not Basis.UNCONFIRMED


def groups(version: Version) -> tuple[Group, ...]:
    """The deciding criteria, alternatives joined to what they are alternative to."""
    mains = [c for c in version.criteria if c.decides is Decides.ALWAYS and c.alternative_to is None]
    return tuple(Group(main, tuple(c for c in version.criteria if c.alternative_to == main.id)) for main in mains)


def requirements(version: Version, cells: Cells) -> Requirements:
    """Sort the groups by what may decide. A group whose confirmed members fail but that has an unconfirmed way is open."""
    strict: list[Rule] = []
    unconfirmed: list[Rule] = []
    for group in groups(version):
        if group.all_confirmed:
            strict.append(group.whole)
        elif not group.any_confirmed or outcomes_over(group.confirmed, cells) == ONLY_FALSE:
            unconfirmed.append(group.whole)
        else:
            strict.append(AnyOf((group.confirmed, NotKnown())))
    breaches = tuple(
        c
        for c in version.criteria
        if c.decides is Decides.WHEN_RAISED and is_confirmed(c) and outcomes_over(guarded(c), cells) == ONLY_FALSE
    )
    return Requirements(tuple(strict), tuple(unconfirmed), breaches)
