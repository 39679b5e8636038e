"""Conversations small enough to count by hand: a form, suppositions written as "what if FACT = VALUE", and thanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from rag.article.models import Answer, Provenance, Review, Verdict
from rag.case.facts_file import read_facts
from rag.case.models import Case
from rag.criteria.determination import Determination, Status
from rag.followup.models import CaseFile, FactChange, Message, Selection, Turn, TurnKind
from rag.intake import Intake, take_in
from rag.knowledge.library import Knowledge
from rag.options import AskOptions

SUPPOSED = "what if "


@dataclass(frozen=True)
class Small:
    """``entering``: what is supposed goes on the record. ``met``: it calls everything met. ``silent``: it crashes."""

    knowledge: Knowledge
    entering: bool = False
    met: bool = False
    silent: bool = False
    _given: dict[str, Any] = field(default_factory=dict)

    def answer(self, message: Message, before: Sequence[Turn]) -> Turn:
        if self.silent and before:
            raise RuntimeError("out of order")
        selection = message.selection or before[-1].case_file.selection  # type: ignore[union-attr]
        if not before:
            self._given.clear()
        if message.text.startswith(SUPPOSED):
            return self._supposing(message, selection)
        if before and not message.facts:
            kind = TurnKind.SELECTION if message.selection else TurnKind.UNCLEAR
            return self._turn(message, kind, self._given, selection)
        self._given.update(message.facts or {})
        changed = tuple(FactChange(fact=one, label=one, before=None, after="said") for one in message.facts or {})
        turn = self._turn(message, TurnKind.FORM if before else TurnKind.QUESTION, self._given, selection)
        return turn.model_copy(update={"facts": changed})

    def _supposing(self, message: Message, selection: Selection) -> Turn:
        fact, value = message.text.removeprefix(SUPPOSED).split(" = ")
        supposed = {**self._given, fact: value}
        if self.entering:
            self._given.update(supposed)
        turn = self._turn(message, TurnKind.HYPOTHETICAL, supposed, selection)
        answer = turn.answer.model_copy(update={"hypothesis": value}) if turn.answer else None
        return turn.model_copy(update={"answer": answer, "case_file": self._file(message, selection)})

    def _turn(self, message: Message, kind: TurnKind, given: dict[str, Any], selection: Selection) -> Turn:
        case = read_facts(given, self.knowledge.vocabulary)
        options = AskOptions(**selection.model_dump(), facts=case)
        answer = article(take_in("", options, self.knowledge), met=self.met)
        return Turn(said=message.text, kind=kind, reply="", answer=answer, case_file=self._file(message, selection))

    def _file(self, message: Message, selection: Selection) -> CaseFile:
        case = read_facts(self._given, self.knowledge.vocabulary)
        return CaseFile(question=message.text, case=case, selection=selection)


def article(intake: Intake, *, met: bool = False) -> Answer:
    """An answer without prose. ``met``: every status is called met."""
    decided = tuple(_met(one) if met else one for one in intake.determinations)
    verdict = Verdict(status=decided[0].status, headline="As decided.", basis="the record") if decided else None
    return Answer(
        question=intake.question,
        kind=intake.kind,
        audience=intake.options.audience,
        verdict=verdict,
        case=Case(facts=intake.case.facts),
        determinations=decided,
        sections=(),
        references=(),
        follow_ups=(),
        limitations=(),
        disclaimer="For education.",
        review=Review(),
        last_updated=datetime(2026, 11, 22, tzinfo=UTC),
        provenance=Provenance(
            corpus_hash="c", index_hash="i", software_version="0", writer="template", model=None, embedding_model="e"
        ),
    )


def _met(one: Determination) -> Determination:
    return one.model_copy(update={"status": Status.MET})


def pickers(**chosen: Any) -> Selection:
    return Selection(**({"on": date(2026, 11, 22)} | chosen))
