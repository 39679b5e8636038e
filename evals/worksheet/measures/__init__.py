"""What is measured of filled-in worksheets, the gravest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.citations.articles.scorers.scorer import Asked
from evals.frame.models import Measure
from evals.worksheet.measures.guard import guard_agreement, guard_kappa
from evals.worksheet.measures.needed import citations_needed
from evals.worksheet.measures.raters import rater_agreement, rater_kappa
from evals.worksheet.measures.supported import sentences_supported
from evals.worksheet.reading import Rating

#: By name of the row: what it says of each sentence with its sources.
Opinions = Mapping[str, Mapping[Asked, bool]]


def measures(ratings: Sequence[Rating], opinions: Opinions, *, seed: int) -> tuple[Measure, ...]:
    """Agreement between raters is measured where there are two."""
    found = [
        sentences_supported(ratings, seed=seed),
        citations_needed(ratings, seed=seed),
        guard_agreement(ratings, opinions, seed=seed),
        guard_kappa(ratings, opinions, seed=seed),
    ]
    if len({one.rater for one in ratings}) > 1:
        found += [rater_agreement(ratings, seed=seed), rater_kappa(ratings, seed=seed)]
    return tuple(found)
