"""Citation recall by human judgement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.frame.methods import NULL, SYSTEM
from evals.frame.models import Judgement, Measure, Row, Slice
from evals.metrics.mean import mean
from evals.worksheet.reading import Rating

OF = "judgements of sentences"
ROWS = {SYSTEM: "cited", NULL: "drawn"}


def sentences_supported(ratings: Sequence[Rating], *, seed: int) -> Measure:
    rows = {name: [_judgement(one) for one in ratings if one.kind == kind] for name, kind in ROWS.items()}
    return Measure(
        name="sentences-supported",
        about="Share of judgements by which the cited passages support the sentence in full (citation recall).",
        rows=tuple(
            Row(method=name, figure=mean(found, seed=seed, of=OF), judgements=found) for name, found in rows.items()
        ),
        slices=tuple(_slices(ratings, seed)),
    )


def _judgement(one: Rating) -> Judgement:
    said = f"{one.rater}: {one.supported}" + (f" ({one.comment})" if one.comment else "")
    return Judgement(
        item=f"{one.id}|{one.rater}", value=float(one.yes), expected="yes", found=said, cluster=one.question
    )


def _slices(ratings: Sequence[Rating], seed: int) -> Iterator[Slice]:
    for rater in sorted({one.rater for one in ratings}):
        figures = {
            name: mean(
                [_judgement(one) for one in ratings if one.kind == kind and one.rater == rater], seed=seed, of=OF
            )
            for name, kind in ROWS.items()
        }
        yield Slice(name=f"rater: {rater}", figures=figures)
