"""The records a conversation went through, and how one differs from what is supposed."""

from __future__ import annotations

from collections.abc import Sequence

from rag.case.implied import PROCEDURE
from rag.followup.changes import fact_changes
from rag.followup.models import CaseFile, Turn
from rag.followup.reading import SUPPOSITION
from rag.knowledge.library import Knowledge


def records(before: Sequence[Turn]) -> list[CaseFile]:
    """The records in order, without those that were undone: a return to the one before takes both away."""
    kept: list[CaseFile] = []
    for file in (turn.case_file for turn in before):
        if file is None or (kept and file == kept[-1]):
            continue
        if len(kept) > 1 and file == kept[-2]:
            kept.pop()
        else:
            kept.append(file)
    return kept


def hypothesis_words(file: CaseFile, supposed: CaseFile, knowledge: Knowledge) -> str:
    """What is supposed beyond the record: "pain relief after the earlier injection: 60 %; payer: ...".

    What follows from it is left to the list of changes.
    """
    direct = {fact.id for fact in supposed.case.facts if fact.source == SUPPOSITION} | {PROCEDURE}
    facts = [change for change in fact_changes(file.case, supposed.case, knowledge) if change.fact in direct]
    said = [f"{change.label}: {change.after or 'not documented'}" for change in facts]
    old, new = file.selection, supposed.selection
    if new.payer != old.payer:
        said.append(f"payer: {knowledge.payers[new.payer].name if new.payer else 'not named'}")
    said += [
        f"{name}: {getattr(new, name)}" for name in ("policy", "state") if getattr(new, name) != getattr(old, name)
    ]
    if new.on != old.on:
        said.append(f"date of service: {new.on.isoformat()}")
    return "; ".join(said) or "nothing that the record does not say already"
