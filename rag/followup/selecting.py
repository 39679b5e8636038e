"""Payer, policy, state, date and record as a message names them."""

from __future__ import annotations

import re
from datetime import date

from rag.case.dates import find_dates
from rag.case.intent import find_date, find_payers, find_states
from rag.criteria.determination import Record
from rag.followup.models import Selection
from rag.guard.wording import found
from rag.knowledge.library import Knowledge

#: A part of a policy's id that people use as its name has a digit and at least this many characters ("l39240").
_SHORTEST_NUMBER = 4


def selected(text: str, before: Selection, knowledge: Knowledge) -> Selection:
    """``before`` with what the text names. Several payers are named side by side: all are decided."""
    rules = knowledge.follow_up_rules
    changes: dict[str, object] = {}
    if found(rules.all_payers, text):
        changes |= {"payer": None, "policy": None, "state": None}
    payers = dict.fromkeys(named.id for named in find_payers(text, knowledge.payers))
    if payers:
        changes |= {"payer": next(iter(payers)) if len(payers) == 1 else None, "policy": None}
    policy = named_policy(text, knowledge)
    if policy:
        changes |= {"policy": policy, "payer": knowledge.policies[policy].payer}
    states = dict.fromkeys(named.id for named in find_states(text, knowledge.phrases))
    if len(states) == 1:
        changes["state"] = next(iter(states))
    if on := find_date(text, knowledge.phrases) or _only_date(text, knowledge):
        changes["on"] = on
    if found(rules.closed_record, text):
        changes["record"] = Record.CLOSED
    elif found(rules.open_record, text):
        changes["record"] = Record.OPEN
    return before.model_copy(update=changes)


def named_policy(text: str, knowledge: Knowledge) -> str | None:
    """The one policy whose id, or a number in it that no other policy has, stands in the text."""
    words = set(re.findall(r"[a-z0-9][a-z0-9.-]*[a-z0-9]", text.lower()))
    named = {policy for policy in knowledge.policies if policy in words}
    for policy in knowledge.policies:
        numbers = [part for part in policy.split("-") if len(part) >= _SHORTEST_NUMBER and re.search(r"\d", part)]
        unique = [part for part in numbers if sum(part in other.split("-") for other in knowledge.policies) == 1]
        if words & set(unique):
            named.add(policy)
    return next(iter(named)) if len(named) == 1 else None


def only_selects(text: str, knowledge: Knowledge) -> bool:
    """Whether nothing is left of the text beside names, dates and words that join them."""
    names = [*find_payers(text, knowledge.payers), *find_states(text, knowledge.phrases)]
    spans = [(named.start, named.end) for named in names] + [(start, end) for start, end, _ in find_dates(text)]
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    if policy := named_policy(text, knowledge):
        parts = sorted([policy, *policy.split("-")], key=len, reverse=True)
        text = re.sub("|".join(rf"\b{re.escape(part)}\b" for part in parts), " ", text, flags=re.IGNORECASE)
    return not re.search(r"[A-Za-z0-9]", knowledge.follow_up_rules.filler.sub(" ", text))


def _only_date(text: str, knowledge: Knowledge) -> date | None:
    """A date in a message that does nothing but choose is the date of service."""
    dates = find_dates(text)
    return dates[0][2] if len(dates) == 1 and only_selects(text, knowledge) else None
