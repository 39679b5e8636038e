"""The follow-ups: a message and the turns before it in, a turn out. The chat page and the API share it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.article.models import Answer, Kind
from rag.chain import Request, stream
from rag.criteria.determination import Determination
from rag.events import Event
from rag.followup.changes import Changes, fact_changes, status_changes
from rag.followup.models import CaseFile, Message, Turn, TurnKind
from rag.followup.opening import options_of
from rag.followup.replies import reply_words
from rag.followup.steps import Step, step
from rag.intake import take_in
from rag.knowledge.library import Knowledge
from rag.model.options import ModelOptions
from rag.options import Known
from rag.retrieval.searcher import Searcher


@dataclass(frozen=True)
class Desk:
    """What answers: the corpus, its index, and the language model that may word an article, if any."""

    knowledge: Knowledge
    searcher: Searcher
    model: ModelOptions | None = None


def converse(message: Message, before: Sequence[Turn], *, desk: Desk) -> Iterator[Event | Turn]:
    """Sections of the article as they are done, the article, and at last the turn.

    Pure but for retrieval and the model: the same turns and message give the same turn. Raises ``UserError`` and
    ``FactsError`` for names and values that cannot be used; nothing is lost then, for nothing was changed.
    """
    taken = step(message, before, desk.knowledge)
    answer: Answer | None = None
    for event in _answered(taken, desk):
        yield event
        if isinstance(event, Answer):
            answer = event
    yield _turn(taken, before, answer, desk.knowledge)


def reply(message: Message, before: Sequence[Turn], *, desk: Desk) -> Turn:
    """The turn alone: the last event of ``converse``."""
    *_, turn = converse(message, before, desk=desk)
    assert isinstance(turn, Turn)
    return turn


def _answered(taken: Step, desk: Desk) -> Iterator[Event]:
    if taken.asked is None:
        return
    request = Request(taken.asked.question, options_of(taken.asked.selection), desk.model, _known(taken, taken.asked))
    yield from stream(request, knowledge=desk.knowledge, searcher=desk.searcher)


def _known(taken: Step, asked: CaseFile) -> Known:
    return Known(case=asked.case, about=taken.about, hypothesis=taken.hypothesis)


def _turn(taken: Step, before: Sequence[Turn], answer: Answer | None, knowledge: Knowledge) -> Turn:
    changes = _changes(taken, before, answer, knowledge)
    if answer is not None and answer.kind is Kind.REFUSAL and taken.kind in (TurnKind.TOPIC, TurnKind.QUESTION):
        earlier = before[-1].case_file if before else None
        taken = Step(TurnKind.REFUSAL, taken.said, earlier or _worth_keeping(taken.file))
    return Turn(
        said=taken.said,
        kind=taken.kind,
        reply=reply_words(taken, answer, changes, knowledge, earlier=before[-1].case_file if before else None),
        answer=answer,
        focus=_present(taken.focus, answer),
        facts=changes.facts,
        statuses=changes.statuses,
        case_file=taken.file,
        supposed=taken.supposed,
    )


def _worth_keeping(file: CaseFile | None) -> CaseFile | None:
    """A refused request that gave facts may be asked anew, for another day or payer; any other leaves no case."""
    return file if file is not None and file.case.facts else None


def _present(focus: tuple[str, ...], answer: Answer | None) -> tuple[str, ...]:
    """Those of the sections that the article has."""
    there = {section.id for section in answer.sections if section.claims} if answer else set()
    return tuple(section for section in focus if section in there)


#: Kinds of turns after which the case, or what decides it, may be another.
_CHANGING = frozenset(
    {TurnKind.ADDITION, TurnKind.CORRECTION, TurnKind.FORM, TurnKind.HYPOTHETICAL, TurnKind.SELECTION}
)


def _changes(taken: Step, before: Sequence[Turn], answer: Answer | None, knowledge: Knowledge) -> Changes:
    """Against the record before the message; for a hypothetical, against the record as it stands."""
    file = before[-1].case_file if before else None
    if taken.kind not in _CHANGING or file is None or taken.asked is None or answer is None:
        return Changes()
    return Changes(
        facts=fact_changes(file.case, taken.asked.case, knowledge),
        statuses=status_changes(_determinations(file, before, knowledge), answer.determinations),
    )


#: Kinds of turns whose article is not on their case file alone.
_ASIDE = frozenset({TurnKind.HYPOTHETICAL, TurnKind.EXPLANATION, TurnKind.TOPIC, TurnKind.REFUSAL})


def _determinations(file: CaseFile, before: Sequence[Turn], knowledge: Knowledge) -> tuple[Determination, ...]:
    """Those of the record as it was: of the turn that decided it, where there is one, since to decide takes time."""
    for turn in reversed(before):
        if turn.case_file == file and turn.kind not in _ASIDE and turn.answer is not None:
            return turn.answer.determinations
    return take_in(file.question, options_of(file.selection), knowledge, Known(case=file.case)).determinations
