"""Citation precision by human judgement."""

from __future__ import annotations

from collections.abc import Sequence

from evals.frame.models import Judgement, Measure, Row
from evals.metrics.mean import mean
from evals.worksheet.measures.supported import ROWS
from evals.worksheet.reading import Rating


def citations_needed(ratings: Sequence[Rating], *, seed: int) -> Measure:
    rows = {
        name: [one for rating in ratings if rating.kind == kind for one in _judgements(rating)]
        for name, kind in ROWS.items()
    }
    return Measure(
        name="citations-needed",
        about="Share of citations a rater needs for a sentence that is supported (citation precision).",
        rows=tuple(
            Row(method=name, figure=mean(found, seed=seed, of="judgements of citations"), judgements=found)
            for name, found in rows.items()
        ),
    )


def _judgements(rating: Rating) -> list[Judgement]:
    return [
        Judgement(
            item=f"{rating.id}|{rating.rater}.{source}",
            value=float(needed),
            expected="needed",
            found=f"{rating.rater}: {'needed' if needed else 'not needed'} ({rating.supported})",
            cluster=rating.question,
        )
        for source, needed in zip(rating.sources, rating.needed, strict=True)
    ]
