"""Is the record as it was, after a message that adds nothing to it?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check
from evals.followups.play import Played
from evals.followups.values import same, values_of
from rag.followup.models import CaseFile, TurnKind
from rag.knowledge.library import Knowledge


def record(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """For hypotheticals, explanations, topics, refusals and the like, once a case is open: facts and selection stay.

    A switch of payer or wording may change the selection, but no fact. A turn that fails as it must changes nothing.
    """
    script, before = played.script, played.before
    if before is None or not script.keeps_facts:
        return
    if played.turn is None:
        yield Check(script.fails and played.told, "the record as it was", played.error)
        return
    after = played.turn.case_file
    changed = ["the case itself"]
    if after is not None:
        changed = [*_changed(before, after, knowledge), *_moved(before, after, played)]
    yield Check(not changed, "the record as it was", f"changed: {', '.join(changed) or 'nothing'}")


def _changed(before: CaseFile, after: CaseFile, knowledge: Knowledge) -> list[str]:
    old, new = (values_of(one, knowledge.vocabulary) for one in (before, after))
    return [fact for fact in sorted({*old, *new}) if not same(old.get(fact), new.get(fact))]


def _moved(before: CaseFile, after: CaseFile, played: Played) -> list[str]:
    """What the selection says otherwise, where the script leaves it alone."""
    free = {TurnKind.SELECTION} & set(played.script.kind) or played.script.pick is not None
    ignored = {"audience"} if TurnKind.AUDIENCE in played.script.kind else set()
    old, new = (one.selection.model_dump(exclude=ignored) for one in (before, after))
    return [] if free else [name for name in old if old[name] != new[name]]
