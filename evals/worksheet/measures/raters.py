"""Do the raters say the same? Over every pair of raters and every row both judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from evals.frame.models import Judgement, Measure, Row
from evals.metrics.kappa import Rated, kappa
from evals.metrics.mean import mean
from evals.worksheet.reading import Rating

METHOD = "raters"
OF = "rows judged by two raters"


def rater_agreement(ratings: Sequence[Rating], *, seed: int) -> Measure:
    found = [
        Judgement(
            item=f"{first.id}|{first.rater} and {second.rater}",
            value=float(first.yes == second.yes),
            expected=f"{first.rater}: {first.supported}",
            found=f"{second.rater}: {second.supported}",
            cluster=first.question,
        )
        for first, second in pairs(ratings)
    ]
    return Measure(
        name="rater-agreement",
        about="Share of rows on which two raters say the same; partly and no are the same.",
        rows=(Row(method=METHOD, figure=mean(found, seed=seed, of=OF), judgements=tuple(found)),),
    )


def rater_kappa(ratings: Sequence[Rating], *, seed: int) -> Measure:
    """Of more than two raters the pairs are pooled."""
    rated = [Rated(first.yes, second.yes, first.question) for first, second in pairs(ratings)]
    return Measure(
        name="rater-kappa",
        about="Cohen's kappa of two raters: agreement beyond chance, 0 for chance, 1 for always.",
        rows=(Row(method=METHOD, figure=kappa(rated, seed=seed, of=OF)),),
    )


def pairs(ratings: Sequence[Rating]) -> Iterator[tuple[Rating, Rating]]:
    """Two raters' judgements of one row, in order of their names."""
    by_row: dict[str, list[Rating]] = {}
    for one in sorted(ratings, key=lambda rating: rating.rater):
        by_row.setdefault(one.id, []).append(one)
    for judged in by_row.values():
        yield from combinations(judged, 2)
