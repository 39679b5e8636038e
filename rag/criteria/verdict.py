"""The status of a request under one version, and the reason in words."""

from __future__ import annotations

from rag.criteria.cells import Cells
from rag.criteria.determination import Record, Status
from rag.criteria.exact import outcomes_over
from rag.criteria.policy import Criterion, Version
from rag.criteria.requirements import (
    ONLY_FALSE,
    ONLY_TRUE,
    Group,
    Requirements,
    as_raised,
    closed,
    conditions,
    groups,
    is_breached,
    requirements,
)
from rag.criteria.rules import FALSE, AllOf, Rule


def strict_rule(found: Requirements) -> Rule:
    """Everything that must hold, as one rule."""
    return AllOf((*found.strict, *([FALSE] if found.breaches else [])))


def status_of(version: Version, cells: Cells, record: Record) -> Status:
    """The status; exact over what is not known."""
    version = as_raised(version, cells)
    found = requirements(version, cells, record=record)
    outcome = closed(outcomes_over(strict_rule(found), cells), record)
    if outcome == ONLY_FALSE:
        return Status.NOT_COVERED if any(_excludes(c, version, cells) for c in version.criteria) else Status.NOT_MET
    if outcome != ONLY_TRUE:
        return Status.DOCUMENTATION
    in_the_way = any(outcomes_over(rule, cells) != ONLY_TRUE for rule in found.unconfirmed)
    return Status.POLICY_CHECK if in_the_way or not version.complete or not found.strict else Status.MET


def _excludes(criterion: Criterion, version: Version, cells: Cells) -> bool:
    """Whether the record itself shows a confirmed exclusion; silence, even of a closed record, excludes nothing."""
    if not criterion.excludes:
        return False
    if is_breached(criterion, cells):
        return True
    group = next((group for group in groups(version) if group.main is criterion), None)
    return group is not None and group.all_confirmed and outcomes_over(group.whole, cells) == ONLY_FALSE


def reason(status: Status, version: Version, cells: Cells, record: Record) -> str:
    """Why the status is what it is, naming the criteria it rests on."""
    given = " on the record given" if record is Record.CLOSED else ""
    match status:
        case Status.NOT_MET | Status.NOT_COVERED:
            return _failing(version, cells, record, given)
        case Status.DOCUMENTATION:
            return f"not documented: {_labels(_undecided(version, cells))}"
        case Status.POLICY_CHECK if not version.complete:
            return version.complete_note or "the digest does not hold the whole policy"
        case Status.POLICY_CHECK:
            return f"an unconfirmed criterion stands in the way: {_labels(_open_to_readers(version, cells, record))}"
        case _:
            return f"every deciding criterion is met{given}{_to_confirm(version, cells)}"


def _to_confirm(version: Version, cells: Cells) -> str:
    count = len(conditions(version, cells))
    return f"; {count} limits the record does not speak of are left for a person to confirm" if count else ""


def _failing(version: Version, cells: Cells, record: Record, given: str) -> str:
    failed = [
        group.main
        for group in groups(version)
        if group.all_confirmed and closed(outcomes_over(group.whole, cells), record) == ONLY_FALSE
    ]
    failed += [criterion for criterion in version.criteria if is_breached(criterion, cells)]
    if failed:
        return f"not met{given}: {_labels(failed)}"
    return f"cannot be met together{given}: {_labels(_undecided(version, cells))}"


def _undecided(version: Version, cells: Cells) -> list[Criterion]:
    def waits(group: Group) -> bool:
        return group.any_confirmed and len(outcomes_over(group.deciding, cells)) == 2

    return [group.main for group in groups(version) if waits(group)]


def _open_to_readers(version: Version, cells: Cells, record: Record) -> list[Criterion]:
    def hidden(group: Group) -> bool:
        return not group.all_confirmed and outcomes_over(group.deciding, cells) != ONLY_TRUE

    found = [group.main for group in groups(version) if hidden(group)]
    return found or [group.main for group in groups(version)]


def _labels(criteria: list[Criterion]) -> str:
    return "; ".join(criterion.label for criterion in criteria)
