"""Text beside the point: it adds no fact, so it changes no status."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from evals.frame.metric import Metric
from evals.verdicts.case import VerdictCase
from evals.verdicts.metamorphic.variant import Statuses, Variant, same, variant

IRRELEVANT_TEXT_IGNORED: Metric[Variant, Statuses] = Metric(
    "irrelevant-text-ignored", "of texts with sentences beside the point, those with the same status", same, of="texts"
)

#: Sentences added to a text.
ADDED = 3


def diluted(cases: Sequence[VerdictCase], sentences: Sequence[str], *, seed: int) -> Iterator[Variant]:
    """Before and after the text, drawn by lot: between sentences they would part what belongs together."""
    for case in cases:
        if case.text:
            drawn = random.Random(f"{seed}/{case.id}").sample(list(sentences), ADDED)
            text = f"{drawn[0]} {case.text} {' '.join(drawn[1:])}"
            yield variant(case, "text", f"added: {' '.join(drawn)}", text=text)
