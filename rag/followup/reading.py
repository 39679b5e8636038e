"""A later message read for facts, in the light of the record: replies leave out what was said before."""

from __future__ import annotations

from collections.abc import Iterable

from rag.case.models import Case, Fact
from rag.case.reader import read_case
from rag.case.values import resolve
from rag.followup.models import CaseFile
from rag.followup.rules import Context
from rag.guard.wording import found
from rag.knowledge.library import Knowledge

REPLY, SUPPOSITION = "reply", "supposition"


def read_reply(text: str, *, start: int, end: int, source: str, file: CaseFile, knowledge: Knowledge) -> list[Fact]:
    """Facts of ``text[start:end]``, with offsets in ``text``. A question mark does not make them questions here."""
    part = text[start:end].replace("?", ".")

    def facts_of(words: str) -> tuple[Fact, ...]:
        return read_case(words, knowledge=knowledge, source=source, service_date=file.selection.on).facts

    facts = facts_of(part)
    lead = _lead(part, file.case, knowledge)
    if lead:
        led = [moved(fact, -len(lead)) for fact in facts_of(lead + part) if (fact.start or 0) >= len(lead)]
        known = {fact.id for fact in led}
        facts = (*led, *(fact for fact in facts if fact.id not in known))
    return [moved(fact, start) for fact in facts]


def moved(fact: Fact, by: int) -> Fact:
    """The fact with its place in a text that has ``by`` more characters before it."""
    if fact.start is None or fact.end is None:
        return fact
    return fact.model_copy(update={"start": fact.start + by, "end": fact.end + by})


def _lead(part: str, case: Case, knowledge: Knowledge) -> str:
    values = resolve(case, knowledge.vocabulary)
    fitting: Iterable[Context] = knowledge.follow_up_rules.contexts
    return next(
        (
            context.lead
            for context in fitting
            if values.get(context.when) is True and found(context.cues, part) and not found(context.unless, part)
        ),
        "",
    )
