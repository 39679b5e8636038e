"""Does the section that answers the message come first?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check, missing
from evals.followups.play import Played
from rag.article.models import Kind
from rag.knowledge.library import Knowledge


def focus(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement for each turn whose script names sections.

    The section must stand in the article shown. A guideline article without a focus answers as a whole.
    """
    wanted = played.script.focus
    if not wanted:
        return
    expected = f"first: {' or '.join(wanted)}"
    if played.turn is None:
        yield missing(expected, played)
        return
    answer = played.turn.answer
    filled = [section.id for section in answer.sections if section.claims] if answer else []
    whole = answer is not None and answer.kind is Kind.GUIDELINE and not played.turn.focus
    first = filled if whole else [one for one in played.turn.focus[:1] if answer is None or one in filled]
    yield Check(bool(set(first) & set(wanted)), expected, f"first: {', '.join(first) or 'nothing'}")
