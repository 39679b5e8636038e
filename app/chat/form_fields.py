"""The form of what is missing: which facts to ask for, in which order, and how a value typed in is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.article.missing import missing_facts
from rag.article.models import Answer
from rag.article.words import value_words
from rag.case.models import Case, Fact
from rag.case.values import conflicts
from rag.criteria.determination import Determination, Status
from rag.criteria.policy import FactSpec
from rag.followup.case_file import FORM
from rag.knowledge.fact_values import example, read_value
from rag.knowledge.library import Knowledge
from rag.knowledge.vocabulary import Vocabulary

YES, NO = "yes", "no"
FORM_LENGTH = 6
"""Fields that stand open; the others are behind "more"."""


@dataclass(frozen=True)
class Field:
    """``value``: what the form says already, as typed; ``asked_by``: how many policies ask.

    ``said``: what the record says of it where that contradicts itself; the value then takes its place.
    """

    spec: FactSpec
    question: str
    asked_by: int
    value: str | None = None
    said: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.spec.id

    @property
    def corrects(self) -> bool:
        return bool(self.said)


def decided(answer: Answer) -> tuple[Determination, ...]:
    return tuple(found for found in answer.determinations if found.status is not Status.NOT_APPLICABLE)


def fields_of(answer: Answer, case: Case, knowledge: Knowledge) -> tuple[Field, ...]:
    """Contradictions first, then what is missing, most useful first; what was filled in stays to be changed."""
    vocabulary = knowledge.vocabulary
    typed = typed_values(case)
    disputed = {found.fact: tuple(_statement(fact) for fact in found.facts) for found in conflicts(case, vocabulary)}
    asked = {found.fact: len(found.asked_by) for found in missing_facts(decided(answer))}
    wanted = dict.fromkeys([*disputed, *_as_the_article_asks(answer, asked, vocabulary), *typed])
    return tuple(
        Field(
            spec=vocabulary.facts[fact],
            question=vocabulary.facts[fact].question,
            asked_by=asked.get(fact, 0),
            value=typed.get(fact),
            said=disputed.get(fact, ()),
        )
        for fact in wanted
    )


def in_their_places(fields: Sequence[Field], before: Iterable[str]) -> tuple[Field, ...]:
    """Fields shown before keep their order, so that nothing moves under the cursor; new ones follow."""
    places = {fact: place for place, fact in enumerate(before)}
    return tuple(sorted(fields, key=lambda field: places.get(field.id, len(places))))


def grouped(fields: Iterable[Field]) -> list[tuple[str, list[Field]]]:
    """By the part of the record they are about, as their ids name it; groups in order of their first field."""
    groups: dict[str, list[Field]] = {}
    for field in fields:
        name = field.id.partition(".")[0].replace("_", " ")
        groups.setdefault(name[:1].upper() + name[1:], []).append(field)
    return list(groups.items())


def typed_values(case: Case) -> Mapping[str, str]:
    """What was filled in, by fact, as it would be typed."""
    return {fact.id: _as_typed(fact) for fact in case.facts if fact.source == FORM and fact.value is not None}


def read_typed(typed: str | None, spec: FactSpec) -> object | None:
    """The value for a facts file; ``None`` clears. Raises ``FactValueError`` for what cannot be read."""
    text = (typed or "").strip()
    if not text:
        return None
    given: object = text
    if spec.type == "boolean":
        given = {YES: True, NO: False}.get(text.lower(), text)
    elif spec.type == "codes":
        given = [code for code in text.replace(",", " ").replace(";", " ").split() if code]
    read_value(given, spec)
    return given


def placeholder(spec: FactSpec) -> str:
    """An example of what to type, without the quotes a file needs."""
    return example(spec).replace('"', "").replace("a list such as [", "").replace("]", "")


def would_change(answer: Answer) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each policy, by id, the smallest changes that lead on, in words."""
    return tuple(
        (found.policy_id, tuple(change.text for change in found.would_change))
        for found in decided(answer)
        if found.would_change
    )


def _as_the_article_asks(answer: Answer, asked: Mapping[str, int], vocabulary: Vocabulary) -> list[str]:
    """The facts in the order of the article's own questions, as far as those go."""
    places = {question: place for place, question in enumerate(answer.follow_ups)}
    last = len(places)

    def place(fact: str) -> int:
        questions = (vocabulary.facts[fact].question, vocabulary.plain_words(fact).question)
        return min(places.get(question, last) for question in questions)

    return sorted(asked, key=place)


def _statement(fact: Fact) -> str:
    quoted = f'"{fact.quote}"' if fact.quote else f"the {fact.source}"
    return f"{value_words(fact.value)} ({quoted})"


def _as_typed(fact: Fact) -> str:
    match fact.value:
        case bool():
            return YES if fact.value else NO
        case tuple():
            return ", ".join(fact.value)
        case _:
            return str(fact.value)
