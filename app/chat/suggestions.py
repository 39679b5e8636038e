"""What one may ask next about a case, as the follow-ups understand it."""

from __future__ import annotations

from dataclasses import dataclass

from rag.article.models import Answer, Audience, Kind
from rag.criteria.determination import Status
from rag.followup.models import CaseFile
from rag.knowledge.library import Knowledge

_OTHERS_SHOWN = 1
_UNMET = frozenset({Status.NOT_MET, Status.NOT_COVERED})


@dataclass(frozen=True)
class Suggestion:
    """``text`` is sent as if it were typed."""

    label: str
    text: str


def suggestions(answer: Answer, file: CaseFile, knowledge: Knowledge) -> tuple[Suggestion, ...]:
    """The ones that fit the article, most often wanted first."""
    if answer.kind is not Kind.DETERMINATION or answer.verdict is None:
        return tuple(_alike(("What are the alternatives?", "Is it safe?")))
    why = "Why not met?" if answer.verdict.status in _UNMET else "Why?"
    asked = [why, "What is missing?", "What would change it?", "What are the alternatives?", "Is it safe?"]
    further = [*_alike(asked), *_payers(file, knowledge)]
    if file.selection.audience is not Audience.PATIENT:
        further.append(Suggestion("Write it for the patient", "Write it for the patient"))
    return tuple(further)


def _payers(file: CaseFile, knowledge: Knowledge) -> list[Suggestion]:
    """One payer not looked at yet, and all side by side."""
    others = [payer for payer in knowledge.payers.values() if payer.id != file.selection.payer]
    decided = {policy.payer for policy in knowledge.policies.values()}
    named = [f"And under {payer.name}?" for payer in others if payer.id in decided][:_OTHERS_SHOWN]
    return [*_alike(named), Suggestion("Compare payers", "Compare payers")]


def _alike(texts: list[str] | tuple[str, ...]) -> list[Suggestion]:
    return [Suggestion(text, text) for text in texts]
