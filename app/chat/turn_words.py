"""A turn in a line, and which turn of a thread stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.store.threads import title_of
from rag.article.models import Answer, Kind
from rag.article.wording import STATUS_SHORT
from rag.followup.models import Turn, TurnKind

_WITHOUT_WORDS: Final = {
    TurnKind.SELECTION: "Another payer, policy, state or date was chosen",
    TurnKind.AUDIENCE: "Other words were chosen",
}
#: Turns whose article is about the record under what was chosen, and not about a part or a supposition of it.
_STANDING: Final = frozenset(
    {
        TurnKind.QUESTION,
        TurnKind.ADDITION,
        TurnKind.CORRECTION,
        TurnKind.FORM,
        TurnKind.SELECTION,
        TurnKind.AUDIENCE,
    }
)


def said_words(turn: Turn) -> str:
    """The user's words; of a choice among the pickers, that it was one."""
    return turn.said or _WITHOUT_WORDS.get(turn.kind, "")


def line_of(turn: Turn, number: int) -> str:
    """ "2. What if relief was 60 %? · hypothetical: needs documentation"."""
    said = title_of(said_words(turn)) or turn.kind.value.replace("_", " ")
    state = outcome(turn)
    return f"{number}. {said}{f' · {state}' if state else ''}"


def outcome(turn: Turn) -> str:
    """What became of the turn: its status, or what kind of answer it is."""
    answer = turn.answer
    if answer is None:
        return ""
    if answer.verdict is None:
        return "no answer from these sources" if answer.kind is Kind.REFUSAL else "what the documents say"
    words = STATUS_SHORT[answer.verdict.status]
    return f"hypothetical: {words}" if turn.hypothetical else words


def latest(turns: Sequence[Turn]) -> int | None:
    """The place of the last turn that has an article."""
    return next((place for place in reversed(range(len(turns))) if turns[place].answer is not None), None)


def standing(turns: Sequence[Turn]) -> int | None:
    """The place of the turn whose determinations are those of the record as it stands; ``None``: nothing is open."""
    for place in reversed(range(len(turns))):
        turn = turns[place]
        if turn.case_file is None:
            return None
        if turn.kind in _STANDING and _decides(turn.answer):
            return place
        if turn.kind is TurnKind.QUESTION:
            return None
    return None


def _decides(answer: Answer | None) -> bool:
    return answer is not None and answer.kind is Kind.DETERMINATION
