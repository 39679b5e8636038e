"""Does the section that answers the message come first?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric
from rag.article.models import Kind


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement for each turn whose script names sections.

    The section must stand in the article shown. A guideline article without a focus answers as a whole.
    """
    wanted = label.script.focus
    if not wanted:
        return
    expected = f"first: {' or '.join(wanted)}"
    if exchange.turn is None:
        yield missing(expected, exchange)
        return
    answer = exchange.turn.answer
    filled = [section.id for section in answer.sections if section.claims] if answer else []
    whole = answer is not None and answer.kind is Kind.GUIDELINE and not exchange.turn.focus
    first = filled if whole else [one for one in exchange.turn.focus[:1] if answer is None or one in filled]
    yield Check(bool(set(first) & set(wanted)), expected, f"first: {', '.join(first) or 'nothing'}")


SECTIONS_IN_FOCUS = Metric("sections-in-focus", "turns whose first section is the one that answers the message", _judge)
