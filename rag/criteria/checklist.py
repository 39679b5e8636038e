"""The checklist: each criterion and each named part of it with its own status, and the trace behind it."""

from __future__ import annotations

from rag.criteria.cells import Cells
from rag.criteria.determination import CriterionResult, CriterionStatus, Record, TraceNode
from rag.criteria.exact import outcomes_over
from rag.criteria.policy import Criterion, Decides, Version
from rag.criteria.requirements import ONLY_FALSE, ONLY_TRUE, closed, demand, stated
from rag.criteria.rules import Part, Rule, children, facts_of, parts

_STATUS = {ONLY_TRUE: CriterionStatus.MET, ONLY_FALSE: CriterionStatus.NOT_MET}


def checklist(version: Version, cells: Cells, record: Record) -> tuple[CriterionResult, ...]:
    """Rows in the order of the policy; the parts of a criterion follow it."""
    return tuple(row for criterion in version.criteria for row in _rows(criterion, cells, record))


def _rows(criterion: Criterion, cells: Cells, record: Record) -> list[CriterionResult]:
    applies = criterion.when is None or outcomes_over(criterion.when, cells) != ONLY_FALSE
    if criterion.decides is Decides.WHEN_RAISED:
        record = Record.OPEN  # what the record does not raise stays a condition to confirm, however the record is read

    def status(rule: Rule) -> CriterionStatus:
        if not applies:
            return CriterionStatus.NOT_APPLICABLE
        return _STATUS.get(closed(outcomes_over(rule, cells), record), CriterionStatus.NOT_DOCUMENTED)

    of_parts = [_row(criterion, part, status(part.rule)) for part in parts(criterion.rule)]
    return [_row(criterion, None, status(stated(criterion))), *of_parts]


def _row(criterion: Criterion, part: Part | None, status: CriterionStatus) -> CriterionResult:
    return CriterionResult(
        id=f"{criterion.id}.{part.name}" if part else criterion.id,
        label=part.label if part else criterion.label,
        status=status,
        source=(part.source if part else None) or criterion.source,
        quote=(part.quote if part else None) or criterion.quote,
        basis=criterion.basis.value,
        decides=criterion.decides.value,
        facts=facts_of(part.rule if part else demand(criterion)),
        alternative_to=None if part else criterion.alternative_to,
        part_of=criterion.id if part else None,
        note=part.note if part else criterion.note,
    )


def traces(version: Version, cells: Cells) -> dict[str, TraceNode]:
    """For each criterion the tree of its rule with what each node can still be."""
    return {criterion.id: _trace(stated(criterion), cells) for criterion in version.criteria}


def _trace(rule: Rule, cells: Cells) -> TraceNode:
    outcome = _STATUS.get(outcomes_over(rule, cells), CriterionStatus.NOT_DOCUMENTED)
    return TraceNode(rule=str(rule), outcome=outcome, of=tuple(_trace(child, cells) for child in children(rule)))
