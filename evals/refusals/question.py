"""A labelled question: how it must be answered, and what a refusal of it must say."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from evals.citations.halves import half_of
from evals.frame.models import Half
from ingest.front_matter import CorpusModel, Text
from rag.article.models import Kind

ReasonId = Literal["emergency", "dosing", "no_source", "other_code", "other_question"]
Written = Literal["plain", "shorthand", "short", "misleading", "note"]
Wordings = Annotated[tuple[Text, ...], Field(min_length=1)]


class Reason(CorpusModel):
    """``says``: of each list one wording must stand in the refusal, case ignored; ``unsaid``: none of these may."""

    about: Text
    says: Annotated[tuple[Wordings, ...], Field(min_length=1)]
    unsaid: tuple[Text, ...] = ()


class Question(CorpusModel):
    """``answer``: the kind, or several where more than one is fair. ``reason``: why it is refused, or any of several
    fair ones. ``names``: words a refusal must hold besides, such as the code. ``written``: how the question is put.
    """

    id: Text
    written: Written
    ask: Text
    answer: Annotated[tuple[Kind, ...], Field(min_length=1)]
    reason: tuple[ReasonId, ...] = ()
    names: tuple[Text, ...] = ()
    because: str | None = None

    @model_validator(mode="after")
    def _reason_where_refused(self) -> Question:
        if (Kind.REFUSAL in self.answer) != bool(self.reason):
            raise ValueError("`reason` stands where `answer` holds refusal, and nowhere else")
        return self

    @property
    def half(self) -> Half:
        return half_of(self.id)

    @property
    def refused(self) -> bool:
        """It must be refused: nothing else is fair."""
        return self.answer == (Kind.REFUSAL,)

    @property
    def answered(self) -> bool:
        """It must be answered: to refuse it is not fair."""
        return Kind.REFUSAL not in self.answer


class QuestionFile(CorpusModel):
    """``on``: the date of service of all."""

    on: date
    questions: tuple[Question, ...]


class ReasonFile(CorpusModel):
    reasons: dict[ReasonId, Reason]
