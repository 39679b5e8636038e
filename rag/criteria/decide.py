"""The decision: a pure function of policy, facts and date. No model, no clock, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rag.criteria.advice import changes, missing_facts
from rag.criteria.cells import Cells, cells_of
from rag.criteria.checklist import checklist, conditions, traces
from rag.criteria.determination import (
    CriterionResult,
    CriterionStatus,
    Determination,
    DifferenceNote,
    Effective,
    Record,
    Status,
)
from rag.criteria.exact import on_record, outcomes_over
from rag.criteria.policy import Policy, Version
from rag.criteria.requirements import ONLY_FALSE, ONLY_TRUE, Requirements, guarded, requirements
from rag.criteria.rules import FALSE, AllOf, Rule
from rag.criteria.values import Codes, OneOf, Value

CODE_FACT = "procedure.code"


def decide(policy: Policy, facts: Mapping[str, Value], on_date: date, *, record: Record = Record.OPEN) -> Determination:
    """Decide ``policy`` on ``facts`` for a service on ``on_date``. The same arguments always give the same result."""
    reason = out_of_scope(policy, facts, on_date)
    version = policy.on(on_date)
    if reason or version is None:
        return _not_applicable(policy, version, reason or "", record)
    rules = [guarded(criterion) for criterion in version.criteria]
    cells = cells_of(rules, facts, policy.types, policy.choices)
    every = cells_of(rules, {}, policy.types, policy.choices)
    found = requirements(version, cells)
    rows = checklist(version, cells, record)
    status = _status(version, found, cells, record, rows)
    return Determination(
        policy_id=policy.id,
        title=policy.title,
        payer=policy.payer,
        version=version.version,
        effective=_effective(version),
        status=status,
        reason=_reason(status, version, rows, record),
        record=record,
        complete=version.complete,
        complete_note=version.complete_note,
        criteria=rows,
        missing=missing_facts(policy, version, found, cells),
        would_change=changes(policy, version, found, cells, every),
        conditions=conditions(version, cells),
        differences=_differences(policy),
        trace=traces(version, cells),
    )


def out_of_scope(policy: Policy, facts: Mapping[str, Value], on_date: date) -> str:
    """Why the policy does not govern the request; empty when it does, or may."""
    if policy.on(on_date) is None:
        windows = "; ".join(str(version.window) for version in policy.versions)
        return f"no version covers {on_date} (versions: {windows})"
    requested = facts.get(CODE_FACT)
    if isinstance(requested, Codes | OneOf):
        codes = requested.given if isinstance(requested, Codes) else requested.options
        if not codes & policy.codes:
            return f"does not govern {', '.join(sorted(codes))} (it governs {', '.join(sorted(policy.codes))})"
    return ""


def strict_rule(found: Requirements) -> Rule:
    """Everything that must hold, as one rule."""
    return AllOf((*found.strict, *([FALSE] if found.breaches else [])))


def _status(
    version: Version, found: Requirements, cells: Cells, record: Record, rows: tuple[CriterionResult, ...]
) -> Status:
    rule = strict_rule(found)
    outcome = outcomes_over(rule, cells)
    if len(outcome) == 2 and record is Record.CLOSED:
        outcome = frozenset({on_record(rule, cells)})
    if outcome == ONLY_FALSE:
        excluding = {c.id for c in version.criteria if c.excludes}
        excluded = any(row.id in excluding and row.status is CriterionStatus.NOT_MET for row in rows)
        return Status.NOT_COVERED if excluded else Status.NOT_MET
    if outcome != ONLY_TRUE:
        return Status.DOCUMENTATION
    in_the_way = [rule for rule in found.unconfirmed if outcomes_over(rule, cells) != ONLY_TRUE]
    return Status.POLICY_CHECK if in_the_way or not version.complete or not found.strict else Status.MET


def _reason(status: Status, version: Version, rows: tuple[CriterionResult, ...], record: Record) -> str:
    given = " on the record given" if record is Record.CLOSED else ""

    def labels(wanted: CriterionStatus) -> str:
        named = [row.label for row in rows if row.status is wanted and "." not in row.id and row.decides == "always"]
        return "; ".join(named)

    match status:
        case Status.NOT_MET | Status.NOT_COVERED:
            return f"not met{given}: {labels(CriterionStatus.NOT_MET)}"
        case Status.DOCUMENTATION:
            return f"not documented: {labels(CriterionStatus.NOT_DOCUMENTED)}"
        case Status.POLICY_CHECK:
            return version.complete_note or "an unconfirmed criterion stands in the way"
        case _:
            return f"every criterion is met{given}"


def _effective(version: Version) -> Effective:
    return Effective(start=version.window.start, end=version.window.end)


def _differences(policy: Policy) -> tuple[DifferenceNote, ...]:
    return tuple(
        DifferenceNote(policy_id=d.policy_id, point=d.point, text=d.text, source=d.source) for d in policy.differences
    )


def _not_applicable(policy: Policy, version: Version | None, reason: str, record: Record) -> Determination:
    return Determination(
        policy_id=policy.id,
        title=policy.title,
        payer=policy.payer,
        version=version.version if version else None,
        effective=_effective(version) if version else None,
        status=Status.NOT_APPLICABLE,
        reason=reason,
        record=record,
        complete=version.complete if version else False,
        complete_note=None,
        criteria=(),
        missing=(),
        would_change=(),
        conditions=(),
        differences=(),
        trace={},
    )
