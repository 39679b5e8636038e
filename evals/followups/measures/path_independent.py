"""Does the way a case was told leave no trace? Its facts decided anew must come out as the article says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evals.followups.anew import decide_anew
from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric
from rag.criteria.determination import Determination
from rag.followup.models import TurnKind

_SILENT = frozenset({TurnKind.REFUSAL, TurnKind.UNCLEAR, TurnKind.NEW_CASE, TurnKind.HYPOTHETICAL, TurnKind.TOPIC})


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """Every turn that shows determinations of the record, by status and by criterion, of each policy shown."""
    script, turn = label.script, exchange.turn
    if turn is None:
        if not script.fails and not set(script.kind) & _SILENT:
            yield missing("a determination", exchange)
        return
    shown = {one.policy_id: one for one in turn.answer.determinations} if turn.answer else {}
    if not shown or turn.hypothetical:
        return
    anew = decide_anew(turn.case_file, label.knowledge) if turn.case_file else {}
    differing = [policy for policy in sorted(shown) if _rows(shown, policy) != _rows(anew, policy)]
    yield Check(not differing, "as decided anew", f"otherwise: {', '.join(differing) or 'none'}")


def _rows(decided: Mapping[str, Determination], policy: str) -> object:
    found = decided.get(policy)
    return None if found is None else (found.status, [(row.id, row.status) for row in found.criteria])


PATH_INDEPENDENT = Metric(
    "path-independent", "articles that say what the same facts say when decided anew, however they were told", _judge
)
