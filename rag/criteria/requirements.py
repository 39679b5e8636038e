"""From criteria to the rules that decide: guards, exceptions, alternatives, what an unconfirmed criterion may do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.criteria.cells import Cells
from rag.criteria.determination import Record
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


def stated(criterion: Criterion) -> Rule:
    """The rule of the criterion's own row: what it asks where its guard holds. Elsewhere an alternative fails."""
    return as_alternative(criterion) if criterion.alternative_to else guarded(criterion)


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
    def deciding(self) -> Rule:
        """What the verdict waits for: the confirmed members, or all when none is confirmed."""
        return self.confirmed if self.any_confirmed else self.whole

    @property
    def all_confirmed(self) -> bool:
        return all(is_confirmed(member) for member in self.members)

    @property
    def any_confirmed(self) -> bool:
        return any(is_confirmed(member) for member in self.members)


@dataclass(frozen=True)
class Requirements:
    """``firm``: what must hold for the verdict. ``mixed``: confirmed ways that have unconfirmed ones beside them.

    ``unconfirmed``: what only a reader of the policy can settle. ``breaches``: limits the record shows to be broken.
    """

    firm: tuple[Rule, ...]
    mixed: tuple[Rule, ...]
    unconfirmed: tuple[Rule, ...]
    breaches: tuple[Criterion, ...]

    @property
    def strict(self) -> tuple[Rule, ...]:
        """What must hold, an unconfirmed way being one that nobody here can judge."""
        return (*self.firm, *(AnyOf((confirmed, NotKnown())) for confirmed in self.mixed))


def is_confirmed(criterion: Criterion) -> bool:
    return criterion.basis is not Basis.UNCONFIRMED


def as_raised(version: Version, cells: Cells) -> Version:
    """The version in which a limit that the record raises decides like any criterion.

    It is raised where its guard holds, or, without a guard, where its rule fails and only an exception could save it.
    """
    return replace(version, criteria=tuple(_as_raised(criterion, cells) for criterion in version.criteria))


def _as_raised(criterion: Criterion, cells: Cells) -> Criterion:
    if criterion.decides is not Decides.WHEN_RAISED:
        return criterion
    if criterion.when is not None:
        raised = outcomes_over(criterion.when, cells) == ONLY_TRUE
    else:
        raised = criterion.exception is not None and outcomes_over(criterion.rule, cells) == ONLY_FALSE
    return replace(criterion, decides=Decides.ALWAYS) if raised else criterion


def groups(version: Version) -> tuple[Group, ...]:
    """The deciding criteria, alternatives joined to what they are alternative to."""
    mains = [c for c in version.criteria if c.decides is Decides.ALWAYS and c.alternative_to is None]
    return tuple(Group(main, tuple(c for c in version.criteria if c.alternative_to == main.id)) for main in mains)


def requirements(version: Version, cells: Cells, *, record: Record = Record.OPEN) -> Requirements:
    """Sort the groups by what may decide.

    A group whose confirmed members fail but that has an unconfirmed way is open: nothing the record says can settle it.
    On a closed record members that are not shown to be met fail.
    """
    firm: list[Rule] = []
    mixed: list[Rule] = []
    unconfirmed: list[Rule] = []
    for group in groups(version):
        if group.all_confirmed:
            firm.append(group.whole)
        elif not group.any_confirmed:
            unconfirmed.append(group.whole)
        elif closed(outcomes_over(group.confirmed, cells), record) == ONLY_FALSE:
            unconfirmed.append(NotKnown())
        else:
            mixed.append(group.confirmed)
    breaches = tuple(criterion for criterion in version.criteria if is_breached(criterion, cells))
    unconfirmed += [NotKnown() for criterion in version.criteria if _seems_breached(criterion, cells)]
    return Requirements(tuple(firm), tuple(mixed), tuple(unconfirmed), breaches)


def is_breached(criterion: Criterion, cells: Cells) -> bool:
    """Whether the criterion is a confirmed limit that the record shows to be broken."""
    return is_confirmed(criterion) and _is_broken_limit(criterion, cells)


def _seems_breached(criterion: Criterion, cells: Cells) -> bool:
    """A broken limit that is not confirmed: only a reader of the policy can say whether it counts."""
    return not is_confirmed(criterion) and _is_broken_limit(criterion, cells)


def _is_broken_limit(criterion: Criterion, cells: Cells) -> bool:
    return criterion.decides is Decides.WHEN_RAISED and outcomes_over(guarded(criterion), cells) == ONLY_FALSE


def closed(found: frozenset[bool], record: Record) -> frozenset[bool]:
    """Outcomes as the record reads them: on a closed record what is undecided is not shown."""
    return ONLY_FALSE if record is Record.CLOSED and len(found) > 1 else found


def conditions(version: Version, cells: Cells) -> tuple[str, ...]:
    """Limits the record does not speak of: they hold nothing up and are to be confirmed by a person."""
    return tuple(
        criterion.id
        for criterion in version.criteria
        if criterion.decides is Decides.WHEN_RAISED and len(outcomes_over(guarded(criterion), cells)) == 2
    )
