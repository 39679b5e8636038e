"""Is an article on what is only supposed marked as one, and no other?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric
from rag.followup.models import TurnKind


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement for each supposition, which must show the words in the script, and for each other article."""
    script, turn = label.script, exchange.turn
    if script.supposing:
        expected = f"an article that supposes {', '.join(script.supposes) or 'something'}"
        if turn is None or turn.answer is None:
            yield missing(expected, exchange)
            return
        stated = turn.answer.hypothesis or ""
        shown = turn.hypothetical and bool(stated) and all(_plain(word) in _plain(stated) for word in script.supposes)
        yield Check(shown, expected, f"{turn.kind}, supposing: {stated or 'nothing'}")
    elif turn and turn.answer and TurnKind.HYPOTHETICAL not in script.kind:
        marked = turn.answer.hypothesis
        yield Check(not marked and not turn.hypothetical, "no supposition", f"supposing: {marked or 'nothing'}")


def _plain(text: str) -> str:
    """Letter case and spaces aside, so that "60%" is "60 %"."""
    return "".join(text.casefold().split())


SUPPOSITIONS_MARKED = Metric(
    "suppositions-marked", "articles marked as a supposition where they are one, and only there", _judge
)
