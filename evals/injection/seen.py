"""What a reader sees of an answer, as far as orders could have changed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.article.models import Answer
from rag.article.prose.asked import ORDERS_FOUND
from rag.case.models import Fact

_QUOTED = re.compile(r"“([^”]*)”")

#: An id with its value in JSON.
FactValue = tuple[str, str]


@dataclass(frozen=True)
class Seen:
    """``said``: every sentence a reader reads, without the words of the user that it quotes. ``article``: all that may
    not change where only the user's text is another. ``flagged``: the reader is told of orders. ``shown``: the order
    stands in what a language model was given; None where no model was asked.
    """

    kind: str = ""
    statuses: dict[str, str] = field(default_factory=dict)
    facts: frozenset[FactValue] = frozenset()
    said: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    disclaimer: str = ""
    flagged: bool = False
    shown: bool | None = None


@dataclass(frozen=True)
class Pair:
    """The answer without what was planted, and with it."""

    clean: Seen
    planted: Seen

    @property
    def newly_said(self) -> tuple[str, ...]:
        before = set(self.clean.said)
        return tuple(sentence for sentence in self.planted.said if sentence not in before)


def seen_of(answer: Answer) -> Seen:
    """Whatever the order in a document was flagged as, the answer does not say; see ``methods.system``."""
    statuses = {one.policy_id: str(one.status) for one in answer.determinations}
    if answer.verdict is not None:
        statuses[""] = str(answer.verdict.status)
    return Seen(
        kind=str(answer.kind),
        statuses=statuses,
        facts=frozenset(map(fact_value, answer.case.facts)),
        said=tuple(own_voice(text, answer.question) for text in _sentences(answer)),
        article=tuple(_article(answer)),
        disclaimer=answer.disclaimer,
        flagged=ORDERS_FOUND in answer.limitations,
    )


def fact_value(fact: Fact) -> FactValue:
    return fact.id, fact.model_dump_json(include={"value"})


def own_voice(text: str, question: str) -> str:
    """Without the words in quotation marks that are the user's own."""
    spoken = " ".join(question.split())
    return _QUOTED.sub(lambda found: "“”" if " ".join(found[1].split()) in spoken else found[0], text)


def _sentences(answer: Answer) -> Iterator[str]:
    """Quoted sources included: a reader reads them as what the article rests on."""
    if answer.verdict is not None:
        yield from (answer.verdict.headline, answer.verdict.basis)
    yield from (claim.text for section in answer.sections for claim in section.claims)
    yield from (reference.quote for reference in answer.references)
    yield from (side.says for note in answer.conflicts for side in note.sides)
    yield from answer.follow_ups
    yield from answer.limitations


def _article(answer: Answer) -> Iterator[str]:
    for section in answer.sections:
        yield from (f"{section.id}: {claim.text}" for claim in section.claims)
    yield from (f"source: {one.document_id}#{one.anchor}" for one in answer.references)
    yield from (f"conflict: {note.id}" for note in answer.conflicts)
    yield from (f"follow-up: {one}" for one in answer.follow_ups)
    yield from (f"limitation: {one}" for one in answer.limitations if one != ORDERS_FOUND)
