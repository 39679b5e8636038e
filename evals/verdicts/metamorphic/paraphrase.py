"""Other words: each rewrite of the list says the same, so the status stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from evals.frame.metric import Metric
from evals.verdicts.case import VerdictCase
from evals.verdicts.metamorphic.variant import Statuses, Variant, same, variant

PARAPHRASE_DOES_NOT_MATTER: Metric[Variant, Statuses] = Metric(
    "paraphrase-does-not-matter",
    "of texts in which words gave way to others that say the same, those with the same status",
    same,
    of="texts",
)


def paraphrased(cases: Sequence[VerdictCase], rewrites: Mapping[str, str]) -> Iterator[Variant]:
    """All rewrites that fit a text at once."""
    for case in cases:
        text = case.text or ""
        used: list[str] = []
        for said, instead in rewrites.items():
            changed = re.sub(rf"\b{re.escape(said)}\b", instead, text)
            if changed != text:
                text, used = changed, [*used, f"{said} -> {instead}"]
        if used:
            yield variant(case, "text", "; ".join(used), text=text)
