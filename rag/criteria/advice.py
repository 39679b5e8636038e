"""What to ask and what would change the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest

from rag.criteria.cells import Cells
from rag.criteria.change import SHOWN, Search, Way, costs_of
from rag.criteria.deciding import deciding
from rag.criteria.determination import Change, MissingFact, Record, Status, Step
from rag.criteria.exact import outcomes_over, simplify
from rag.criteria.policy import Criterion, Policy, Version
from rag.criteria.requirements import (
    ONLY_FALSE,
    ONLY_TRUE,
    Group,
    as_alternative,
    demand,
    groups,
    guarded,
    is_breached,
    is_confirmed,
    requirements,
)
from rag.criteria.rules import FALSE, TRUE, AllOf, AnyOf, Not, Part, Rule, children, facts_of, pessimistic
from rag.criteria.verdict import status_of
from rag.criteria.wording import in_words, needs


def missing_facts(policy: Policy, version: Version, cells: Cells) -> tuple[MissingFact, ...]:
    """Facts whose value could still change the status.

    Those of a criterion that already lost a limb come first; those that only an unconfirmed criterion asks for, last.
    What a closed record lacks is missing just the same.
    """
    found = requirements(version, cells)
    if found.breaches:
        return ()
    firm = AllOf(found.firm)
    sure = deciding(firm, cells).union(*(deciding(AllOf((firm, mixed)), cells) for mixed in found.mixed))
    beside = (*found.mixed, *found.unconfirmed)
    whole = pessimistic(AllOf((*found.firm, *beside))) if version.complete and beside else FALSE
    unsure = deciding(whole, cells) - sure
    undecided = [group for group in groups(version) if _is_undecided(group, cells)]
    undecided.sort(key=lambda group: not has_lost_a_limb(group, cells))
    asked = dict.fromkeys(fact for group in undecided for fact in _asked(group))
    first = [fact for fact in asked if fact in sure]
    last = [fact for fact in asked if fact in unsure]
    return tuple(
        MissingFact(
            fact=fact,
            label=policy.facts[fact].label,
            question=policy.facts[fact].question,
            criteria=tuple(c.id for group in undecided for c in group.members if fact in facts_of(guarded(c))),
        )
        for fact in first + last
    )


def _is_undecided(group: Group, cells: Cells) -> bool:
    return any(len(outcomes_over(rule, cells)) == 2 for rule in (group.whole, group.confirmed))


def _asked(group: Group) -> list[str]:
    """Facts of the guards first: they decide whether the rest is asked at all."""
    guards = [fact for member in group.members if member.when for fact in facts_of(member.when)]
    return guards + [fact for member in group.members for fact in facts_of(demand(member))]


def has_lost_a_limb(group: Group, cells: Cells) -> bool:
    """Whether something the main criterion's rule asks for is already settled against the request."""
    return _lost(group.main.rule, cells, wanted=True)


def _lost(rule: Rule, cells: Cells, *, wanted: bool) -> bool:
    match rule:
        case Not(inner):
            return _lost(inner, cells, wanted=not wanted)
        case Part():
            return _lost(rule.rule, cells, wanted=wanted)
    if inside := children(rule):
        return any(_lost(child, cells, wanted=wanted) for child in inside)
    return outcomes_over(rule, cells) == frozenset({not wanted})


def changes(
    policy: Policy, version: Version, cells: Cells, every: Cells, *, status: Status, record: Record
) -> tuple[Change, ...]:
    """The smallest sets of steps that lead to a better status than ``status``; each checked by deciding again.

    ``every``: the cells with nothing on record. Ways against the record are given only where there is no other.
    """
    search = Search(cells, every, costs_of(version))
    described: list[Change] = []
    for target in _better(status, version):
        routes = [
            search.smallest(way for way in ways if status_of(version, search.after(way), record) is target)
            for ways in _routes(target, version, search)
        ]
        described += [_change(policy, way, search, target) for way in _in_turn(routes) if way]
    open_ways = [change for change in described if not any(step.against_record for step in change.steps)]
    best = open_ways or described
    return tuple(change for change in best if change.leads_to is best[0].leads_to)[:SHOWN]


def _better(status: Status, version: Version) -> list[Status]:
    """The statuses to aim for, the best first: an incomplete policy is never met."""
    if status is Status.MET:
        return []
    met = [Status.MET] if version.complete else []
    return met if status is Status.POLICY_CHECK else [*met, Status.POLICY_CHECK]


def _in_turn(routes: list[list[Way]]) -> list[Way]:
    """The smallest way of each route, then the second of each: no route hides another."""
    return list(dict.fromkeys(way for turn in zip_longest(*routes) for way in turn if way is not None))


def _routes(target: Status, version: Version, search: Search) -> list[Iterable[Way]]:
    """Ways to mend the breaches and meet the groups undecided or failed, those that lost a limb first.

    Where the first of those groups has alternatives, the ways through each of its members are a route of their own.
    """
    cells = search.cells
    unmet = [group for group in groups(version) if _is_worth_a_step(group, target, cells)]
    unmet.sort(key=lambda group: not has_lost_a_limb(group, cells))
    breached = [guarded(criterion) for criterion in version.criteria if is_breached(criterion, cells)]
    asking: dict[str, list[Rule]] = {}
    for rule in (*breached, *(group.deciding for group in unmet if group.any_confirmed)):
        for fact in facts_of(rule):
            asking.setdefault(fact, []).append(rule)
    goals = [_members(group, cells) for group in unmet if group.any_confirmed]
    first, rest = (goals[0] if goals else [AllOf(())]), [AnyOf(tuple(members)) for members in goals[1:]]
    return [
        dict.fromkeys(_needed(way, asking, search) for way in search.ways(AllOf((*breached, member, *rest))))
        for member in first
    ]


def _needed(way: Way, asking: Mapping[str, list[Rule]], search: Search) -> Way:
    """The way without the steps it does not need: every rule ``asking`` about their fact holds without them."""
    for literal in reversed(way):
        shorter = tuple(other for other in way if other != literal)
        after = search.after(shorter)
        if all(outcomes_over(rule, after) == ONLY_TRUE for rule in asking[literal.leaf.fact]):
            way = shorter
    return way


def _members(group: Group, cells: Cells) -> list[Rule]:
    """One of the confirmed members has to be met; guards that hold are given."""
    return [_way_through(member, cells) for member in group.members if is_confirmed(member)]


def _is_worth_a_step(group: Group, target: Status, cells: Cells) -> bool:
    """Whether the group is not met, and ``target`` asks for it: one left to a reader only stands before *met*."""
    found = outcomes_over(group.deciding, cells)
    left_to_readers = found == ONLY_FALSE and not group.all_confirmed
    return found != ONLY_TRUE and (target is Status.MET or not left_to_readers)


def _way_through(criterion: Criterion, cells: Cells) -> Rule:
    if criterion.alternative_to is None:
        holds = criterion.when is not None and simplify(criterion.when, cells) == TRUE
        return demand(criterion) if holds else guarded(criterion)
    fails = criterion.when is not None and outcomes_over(criterion.when, cells) == ONLY_FALSE
    return FALSE if fails else as_alternative(criterion)


def _change(policy: Policy, way: Way, search: Search, leads_to: Status) -> Change:
    steps = tuple(
        Step(
            fact=literal.leaf.fact,
            needs=needs(literal.leaf, literal.wanted),
            text=in_words(literal.leaf, literal.wanted, policy.facts),
            against_record=search.against_record(way, literal.leaf.fact),
        )
        for literal in way
    )
    said = [step.text + (" (the record says otherwise)" if step.against_record else "") for step in steps]
    return Change(steps=steps, leads_to=leads_to, text="; ".join(said))
