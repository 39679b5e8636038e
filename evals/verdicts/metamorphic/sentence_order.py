"""The order of the sentences: blocks of sentences on one matter change places, the sentences of a block stay."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from evals.frame.metric import Metric
from evals.verdicts.case import Sentence, VerdictCase
from evals.verdicts.metamorphic.variant import Statuses, Variant, same, variant

ORDER_DOES_NOT_MATTER: Metric[Variant, Statuses] = Metric(
    "order-does-not-matter", "of texts told in another order, those with the same status", same, of="texts"
)


def reordered(cases: Sequence[VerdictCase], *, seed: int) -> Iterator[Variant]:
    """A later sentence may lean on an earlier one about the same matter ("it lasted ..."), so blocks move whole."""
    for case in cases:
        blocks = _blocks(case.sentences)
        shuffled = list(blocks)
        random.Random(f"{seed}/{case.id}").shuffle(shuffled)
        if shuffled != blocks:
            text = " ".join(sentence.words for block in shuffled for sentence in block)
            yield variant(case, "text", "blocks in another order", text=text)


def _blocks(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        found.setdefault(sentence.fact.split(".")[0], []).append(sentence)
    return list(found.values())
