"""What to ask and what would change the verdict."""

from __future__ import annotations

from rag.criteria.cells import Cells
from rag.criteria.change import Search, Way
from rag.criteria.determination import Change, MissingFact, Status, Step
from rag.criteria.exact import matters, outcomes_over, simplify
from rag.criteria.policy import Criterion, Policy, Version
from rag.criteria.requirements import ONLY_TRUE, Group, Requirements, demand, groups, guarded, is_confirmed
from rag.criteria.rules import TRUE, AllOf, AnyOf, Rule, facts_of, leaves
from rag.criteria.wording import in_words, needs


def missing_facts(policy: Policy, version: Version, found: Requirements, cells: Cells) -> tuple[MissingFact, ...]:
    """Facts whose value could still change the status; those of a criterion that already lost a limb come first."""
    if found.breaches:
        return ()
    strict: Rule = AllOf(found.strict)
    if version.complete and outcomes_over(strict, cells) == ONLY_TRUE:
        strict = AllOf(found.unconfirmed)
    undecided = [group for group in groups(version) if len(outcomes_over(group.whole, cells)) == 2]
    undecided.sort(key=lambda group: not has_lost_a_limb(group, cells))
    ordered = dict.fromkeys(fact for group in undecided for fact in _asked(group))
    return tuple(
        MissingFact(
            fact=fact,
            label=policy.facts[fact].label,
            question=policy.facts[fact].question,
            criteria=tuple(c.id for group in undecided for c in group.members if fact in facts_of(guarded(c))),
        )
        for fact in ordered
        if matters(fact, strict, cells)
    )


def _asked(group: Group) -> list[str]:
    """Facts of the guards first: they decide whether the rest is asked at all."""
    guards = [fact for member in group.members if member.when for fact in facts_of(member.when)]
    return guards + [fact for member in group.members for fact in facts_of(demand(member))]


def has_lost_a_limb(group: Group, cells: Cells) -> bool:
    """Whether some leaf of the main criterion's rule is already settled against the request."""
    return any(_is_settled_against(leaf_rule, cells) for leaf_rule in leaves(group.main.rule))


def _is_settled_against(leaf: Rule, cells: Cells) -> bool:
    return outcomes_over(leaf, cells) == frozenset({False})


def changes(
    policy: Policy, version: Version, found: Requirements, cells: Cells, every: Cells
) -> tuple[Change, ...]:
    """The smallest sets of steps after which every confirmed criterion is met; checked by evaluating again."""
    goal = _goal(version, found, cells)
    if goal is None:
        return ()
    search = Search(cells, every)
    ways = [way for way in search.ways(goal) if way and outcomes_over(goal, search.after(way)) == ONLY_TRUE]
    leads_to = Status.MET if version.complete and not found.unconfirmed else Status.POLICY_CHECK
    described = [_change(policy, way, search, leads_to) for way in ways]
    open_ways = [change for change in described if not any(step.against_record for step in change.steps)]
    return tuple(open_ways or described)


def _goal(version: Version, found: Requirements, cells: Cells) -> Rule | None:
    """The undecided and failed groups, those that lost a limb first; guards that hold are taken as given."""
    unmet = [group for group in groups(version) if outcomes_over(group.whole, cells) != ONLY_TRUE]
    unmet.sort(key=lambda group: not has_lost_a_limb(group, cells))
    rules: list[Rule] = [guarded(criterion) for criterion in found.breaches]
    for group in unmet:
        members = [member for member in group.members if is_confirmed(member)]
        if members:
            rules.append(AnyOf(tuple(_given_guard(member, cells) for member in members)))
    return AllOf(tuple(rules)) if rules else None


def _given_guard(criterion: Criterion, cells: Cells) -> Rule:
    if criterion.when is not None and simplify(criterion.when, cells) == TRUE:
        return demand(criterion)
    return guarded(criterion)


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
