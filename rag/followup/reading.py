"""A later message read for facts, in the light of the record: replies leave out what was said before."""

from __future__ import annotations

from collections.abc import Iterable

from rag.case.models import Case, Fact
from rag.case.reader import read_case
from rag.case.values import resolve
from rag.criteria.values import OneOf
from rag.followup.models import CaseFile
from rag.followup.rules import Context
from rag.guard.wording import found
from rag.knowledge.codes import REGION
from rag.knowledge.library import Knowledge

REPLY, SUPPOSITION = "reply", "supposition"


def read_reply(text: str, *, start: int, end: int, source: str, file: CaseFile, knowledge: Knowledge) -> list[Fact]:
    """Facts of ``text[start:end]``, with offsets in ``text``. A question mark does not make them questions here."""
    part = text[start:end].replace("?", ".")

    def facts_of(words: str) -> tuple[Fact, ...]:
        return read_case(words, knowledge=knowledge, source=source, service_date=file.selection.on).facts

    facts = facts_of(part)
    lead = _lead(part, file.case, knowledge, supposed=source == SUPPOSITION)
    if lead:
        led = _after(lead, facts_of(lead + part))
        known = {fact.id for fact in led}
        facts = (*led, *(fact for fact in facts if fact.id not in known))
    request = _request(file.case, knowledge)
    if request:
        facts = _of_this_region(facts, _after(request, facts_of(request + lead + part), further=len(lead)), knowledge)
    return [moved(fact, start) for fact in facts]


def _after(lead: str, facts: Iterable[Fact], *, further: int = 0) -> tuple[Fact, ...]:
    """The facts of what follows the lead (and ``further`` characters), with their place in it.

    One that begins in the lead and goes on behind it rests on the words behind it.
    """
    length = len(lead) + further
    return tuple(moved(_behind(fact, length), -length) for fact in facts if (fact.end or 0) > length)


def _behind(fact: Fact, length: int) -> Fact:
    if fact.start is None or fact.quote is None or fact.start >= length:
        return fact
    return fact.model_copy(update={"start": length, "quote": fact.quote[length - fact.start :]})


def _of_this_region(facts: Iterable[Fact], placed: Iterable[Fact], knowledge: Knowledge) -> tuple[Fact, ...]:
    """What depends on the region counts as it is read beside the request; all else as it is read alone."""
    prefixes = tuple(scope.prefix for scope in knowledge.vocabulary.scopes)
    alone = (fact for fact in facts if not fact.id.startswith(prefixes))
    return (*alone, *(fact for fact in placed if fact.id.startswith(prefixes)))


def _request(case: Case, knowledge: Knowledge) -> str:
    """The request in a sentence, where its region is known."""
    region = resolve(case, knowledge.vocabulary).get(REGION)
    if not isinstance(region, OneOf) or len(region.options) != 1:
        return ""
    return knowledge.follow_up_rules.request.format(region=next(iter(region.options)))


def moved(fact: Fact, by: int) -> Fact:
    """The fact with its place in a text that has ``by`` more characters before it."""
    if fact.start is None or fact.end is None:
        return fact
    return fact.model_copy(update={"start": fact.start + by, "end": fact.end + by})


def _lead(part: str, case: Case, knowledge: Knowledge, *, supposed: bool) -> str:
    values = resolve(case, knowledge.vocabulary)
    fitting: Iterable[Context] = knowledge.follow_up_rules.contexts
    return next(
        (
            context.lead
            for context in fitting
            if (supposed or not context.supposed_only)
            and values.get(context.when) is True
            and found(context.cues, part)
            and not found(context.unless, part)
        ),
        "",
    )
