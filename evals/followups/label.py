"""What a scripted turn must lead to, beside the corpus it is read against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.followups.script import ScriptedTurn, Thread
from evals.frame.metric import Item
from rag.criteria.determination import Status
from rag.knowledge.library import Knowledge


@dataclass(frozen=True)
class Label:
    """Turn ``number`` (from 1) of a thread. ``may_be_met``: policies that may be called met now."""

    thread: Thread
    number: int
    may_be_met: frozenset[str]
    knowledge: Knowledge

    @property
    def script(self) -> ScriptedTurn:
        return self.thread.turns[self.number - 1]


def turns_of(threads: Sequence[Thread], knowledge: Knowledge) -> list[Item[Label]]:
    """An item for each turn, thread by thread; the turns of a thread depend on each other."""
    return [
        Item(
            id=f"{label.thread.name}/{label.number}",
            text=label.script.said,
            label=label,
            cluster=label.thread.name,
            tags={"turn": tuple(label.script.kind)},
        )
        for thread in threads
        for label in _labels(thread, knowledge)
    ]


def _labels(thread: Thread, knowledge: Knowledge) -> Iterator[Label]:
    standing: frozenset[str] = frozenset()
    for number, script in enumerate(thread.turns, 1):
        met = _met(script)
        if not script.supposing and (script.statuses or not script.keeps_facts):
            standing = met
        yield Label(thread, number, _allowed(script, met, standing), knowledge)


def _allowed(script: ScriptedTurn, met: frozenset[str], standing: frozenset[str]) -> frozenset[str]:
    """What is out of scope is answered by no status at all, however the case before it stands."""
    if script.refused:
        return frozenset()
    return met if script.supposing else standing


def _met(script: ScriptedTurn) -> frozenset[str]:
    return frozenset(policy for policy, statuses in script.statuses.items() if Status.MET in statuses)
