"""The record: its text cut where spans begin and end, the facts read from it, and what contradicts itself in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from app.chat.article.models import ConflictData, FactData, RecordData, Segment
from app.chat.article.text import safe
from rag.article.models import Answer, CaseQuote
from rag.article.words import Labels, value_words
from rag.case.models import Case, Fact, Support
from rag.case.values import conflicts
from rag.knowledge.library import Knowledge

_SUPPORT = {
    Support.STATED: "as stated",
    Support.QUALITATIVE: "our reading of the words",
    Support.DERIVED: "follows from the words",
    Support.STRUCTURED: "given as a value",
}


class Spans:
    """The stretches of the record something rests on, each numbered once."""

    def __init__(self, answer: Answer) -> None:
        self._text = answer.case.text
        self._numbers: dict[tuple[int, int], int] = {}
        for fact in answer.case.facts:
            self.of_fact(fact)
        for section in answer.sections:
            for claim in section.claims:
                self.of_quotes(claim.case_quotes)

    def of_fact(self, fact: Fact) -> int | None:
        return None if fact.start is None or fact.end is None else self._number(fact.start, fact.end)

    def of_quotes(self, quotes: Iterable[CaseQuote]) -> tuple[int, ...]:
        numbers = (self._number(quote.start, quote.end) for quote in quotes)
        return tuple(number for number in numbers if number is not None)

    def segments(self) -> tuple[Segment, ...]:
        """The whole text, in order."""
        ends = {0, len(self._text)} | {end for span in self._numbers for end in span}
        return tuple(self._segment(start, end) for start, end in pairwise(sorted(ends)))

    def _segment(self, start: int, end: int) -> Segment:
        within = tuple(n for (first, last), n in self._numbers.items() if first <= start and end <= last)
        return Segment(text=safe(self._text[start:end]), spans=within)

    def _number(self, start: int, end: int) -> int | None:
        if not 0 <= start < end <= len(self._text):
            return None
        return self._numbers.setdefault((start, end), len(self._numbers))


def record_data(answer: Answer, knowledge: Knowledge, labels: Labels, spans: Spans) -> RecordData:
    return RecordData(
        segments=spans.segments(),
        facts=tuple(_fact(fact, labels, spans) for fact in answer.case.facts),
        conflicts=_conflicts(answer.case, knowledge),
    )


def _fact(fact: Fact, labels: Labels, spans: Spans) -> FactData:
    return FactData(
        label=labels.fact(fact.id),
        value=safe(value_words(fact.value)),
        support=_SUPPORT[fact.support],
        quote=safe(fact.quote) if fact.quote is not None else None,
        span=spans.of_fact(fact),
    )


def _conflicts(case: Case, knowledge: Knowledge) -> tuple[ConflictData, ...]:
    vocabulary = knowledge.vocabulary
    # An article of last year may hold a fact the vocabulary has given up.
    known = case.model_copy(update={"facts": tuple(fact for fact in case.facts if fact.id in vocabulary.facts)})
    return tuple(
        ConflictData(
            label=vocabulary.facts[conflict.fact].label,
            question=conflict.question,
            facts=tuple(place for place, fact in enumerate(case.facts) if fact in conflict.facts),
        )
        for conflict in conflicts(known, vocabulary)
    )
