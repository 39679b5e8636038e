"""What a turn changed: facts, statuses, and the criteria behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.article.wording import join
from rag.article.words import value_words
from rag.case.models import Case, json_value
from rag.case.values import resolve
from rag.criteria.determination import CriterionStatus, Determination
from rag.criteria.values import Codes, Value
from rag.followup.models import CriterionChange, FactChange, StatusChange
from rag.knowledge.library import Knowledge


def fact_changes(before: Case | None, after: Case, knowledge: Knowledge) -> tuple[FactChange, ...]:
    """Facts whose value differs, in the order of the vocabulary. A contradiction makes a fact not documented."""
    old, new = (_in_words(case, knowledge) for case in (before, after))
    return tuple(
        FactChange(fact=fact, label=spec.label, before=old.get(fact), after=new.get(fact))
        for fact, spec in knowledge.vocabulary.facts.items()
        if old.get(fact) != new.get(fact)
    )


def status_changes(before: Sequence[Determination], after: Sequence[Determination]) -> tuple[StatusChange, ...]:
    """Policies decided both times whose status, or a criterion of which, differs."""
    old = {found.policy_id: found for found in before}
    found = (_change(old[new.policy_id], new) for new in after if new.policy_id in old)
    return tuple(change for change in found if change.before != change.after or change.criteria)


def _in_words(case: Case | None, knowledge: Knowledge) -> Mapping[str, str]:
    if case is None:
        return {}
    return {fact: _words_of(value) for fact, value in resolve(case, knowledge.vocabulary).items()}


def _words_of(value: Value) -> str:
    return join(sorted(value.given)) if isinstance(value, Codes) else value_words(json_value(value))


def _change(before: Determination, after: Determination) -> StatusChange:
    old = {row.id: row.status for row in before.criteria}
    return StatusChange(
        policy_id=after.policy_id,
        before=before.status,
        after=after.status,
        criteria=tuple(_rows(old, after)),
    )


def _rows(old: Mapping[str, CriterionStatus], after: Determination) -> Iterable[CriterionChange]:
    for row in after.criteria:
        if old.get(row.id) != row.status:
            yield CriterionChange(id=row.id, label=row.label, before=old.get(row.id), after=row.status)


@dataclass(frozen=True)
class Changes:
    """All that a turn changed, or would change."""

    facts: tuple[FactChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
