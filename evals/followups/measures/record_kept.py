"""Is the record as it was, after a message that adds nothing to it?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange
from evals.followups.label import Label
from evals.followups.script import ScriptedTurn
from evals.followups.values import same, values_of
from evals.frame.metric import Check, Metric
from rag.followup.models import CaseFile, TurnKind
from rag.knowledge.library import Knowledge


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """For hypotheticals, explanations, topics, refusals and the like, once a case is open: facts and selection stay.

    A switch of payer or wording may change the selection, but no fact. A turn that fails as it must changes nothing.
    """
    script, before = label.script, exchange.before
    if before is None or not script.keeps_facts:
        return
    if exchange.turn is None:
        yield Check(script.fails and exchange.told, "the record as it was", exchange.error)
        return
    after = exchange.turn.case_file
    changed = ["the case itself"]
    if after is not None:
        changed = [*_changed(before, after, label.knowledge), *_moved(before, after, script)]
    yield Check(not changed, "the record as it was", f"changed: {', '.join(changed) or 'nothing'}")


def _changed(before: CaseFile, after: CaseFile, knowledge: Knowledge) -> list[str]:
    old, new = (values_of(one, knowledge.vocabulary) for one in (before, after))
    return [fact for fact in sorted({*old, *new}) if not same(old.get(fact), new.get(fact))]


def _moved(before: CaseFile, after: CaseFile, script: ScriptedTurn) -> list[str]:
    """What the selection says otherwise, where the script leaves it alone."""
    free = {TurnKind.SELECTION} & set(script.kind) or script.pick is not None
    ignored = {"audience"} if TurnKind.AUDIENCE in script.kind else set()
    old, new = (one.selection.model_dump(exclude=ignored) for one in (before, after))
    return [] if free else [name for name in old if old[name] != new[name]]


RECORD_KEPT = Metric("record-kept", "messages that add nothing after which the record is as it was", _judge)
