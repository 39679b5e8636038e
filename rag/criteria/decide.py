"""The decision: a pure function of policy, facts and date. No model, no clock, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rag.criteria.advice import changes, missing_facts
from rag.criteria.cells import cells_of
from rag.criteria.checklist import checklist, traces
from rag.criteria.determination import (
    Determination,
    DifferenceNote,
    Effective,
    MissingFact,
    Record,
    Status,
)
from rag.criteria.policy import Policy, Version
from rag.criteria.requirements import as_raised, conditions, guarded
from rag.criteria.values import Codes, OneOf, Value
from rag.criteria.verdict import reason, status_of

CODE_FACT = "procedure.code"


def decide(policy: Policy, facts: Mapping[str, Value], on_date: date, *, record: Record = Record.OPEN) -> Determination:
    """Decide ``policy`` on ``facts`` for a service on ``on_date``. The same arguments always give the same result.

    Raises ``FactValueError`` for a fact whose value does not fit its declared type.
    """
    outside = out_of_scope(policy, facts, on_date)
    version = policy.on(on_date)
    if outside or version is None:
        return _not_applicable(policy, version, outside, record)
    rules = [guarded(criterion) for criterion in version.criteria]
    cells = cells_of(rules, facts, policy.types, policy.choices)
    every = cells_of(rules, {}, policy.types, policy.choices)
    version = as_raised(version, cells)
    status = status_of(version, cells, record)
    why = reason(status, version, cells, record)
    beside, asked = beside_the_policy(policy, facts), _code_to_ask(policy, facts)
    if beside:
        why += f"; not governed here: {', '.join(beside)}"
    if status is Status.MET and asked:
        status = Status.DOCUMENTATION
        why = f"not documented: {asked[0].label}, so it is open whether the policy governs the request"
    elif status is Status.MET and beside:
        status = Status.POLICY_CHECK
    return Determination(
        policy_id=policy.id,
        title=policy.title,
        payer=policy.payer,
        version=version.version,
        effective=_effective(version),
        status=status,
        reason=why,
        record=record,
        complete=version.complete,
        complete_note=version.complete_note,
        criteria=checklist(version, cells, record),
        missing=(*(asked if status is Status.DOCUMENTATION else ()), *missing_facts(policy, version, cells)),
        would_change=changes(policy, version, cells, every, status=status, record=record),
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
        if codes and not codes & policy.codes:
            return f"does not govern {', '.join(sorted(codes))} (it governs {', '.join(sorted(policy.codes))})"
    return ""


def beside_the_policy(policy: Policy, facts: Mapping[str, Value]) -> list[str]:
    """Codes requested together with governed ones that the policy does not govern: nothing is said of them here."""
    requested = facts.get(CODE_FACT)
    return sorted(requested.given - policy.codes) if isinstance(requested, Codes) else []


def _code_to_ask(policy: Policy, facts: Mapping[str, Value]) -> tuple[MissingFact, ...]:
    """The procedure code as a missing fact, where the record leaves open whether the policy governs the request."""
    spec, requested = policy.facts.get(CODE_FACT), facts.get(CODE_FACT)
    governed = isinstance(requested, Codes) or (isinstance(requested, OneOf) and requested.options <= policy.codes)
    if spec is None or governed:
        return ()
    return (MissingFact(fact=spec.id, label=spec.label, question=spec.question, criteria=()),)


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
