"""Does the guard say what people say?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.citations.articles.scorers.scorer import Asked
from evals.frame.methods import SYSTEM
from evals.frame.models import Judgement, Measure, Row
from evals.metrics.kappa import Rated, kappa
from evals.metrics.mean import mean
from evals.worksheet.reading import Rating

OF = "judgements of sentences"
Opinions = Mapping[str, Mapping[Asked, bool]]


def guard_agreement(ratings: Sequence[Rating], opinions: Opinions, *, seed: int) -> Measure:
    rows = {name: [_judgement(one, opinions[name]) for one in ratings] for name in _subject_first(opinions)}
    return Measure(
        name="guard-agreement",
        about="Share of judgements in which the guard says what the rater says.",
        rows=tuple(
            Row(method=name, figure=mean(found, seed=seed, of=OF), judgements=found) for name, found in rows.items()
        ),
    )


def guard_kappa(ratings: Sequence[Rating], opinions: Opinions, *, seed: int) -> Measure:
    """Cohen's kappa over all judgements, whoever's they are."""
    rated = {
        name: [Rated(opinions[name][_asked(one)], one.yes, one.question) for one in ratings]
        for name in _subject_first(opinions)
    }
    return Measure(
        name="guard-kappa",
        about="Cohen's kappa of guard and rater: agreement beyond chance, 0 for chance, 1 for always.",
        rows=tuple(Row(method=name, figure=kappa(found, seed=seed, of=OF)) for name, found in rated.items()),
    )


def _subject_first(opinions: Opinions) -> list[str]:
    return sorted(opinions, key=lambda name: name != SYSTEM)


def _asked(one: Rating) -> Asked:
    return Asked(one.sentence, one.sources)


def _judgement(one: Rating, opinions: Mapping[Asked, bool]) -> Judgement:
    supported = opinions[_asked(one)]
    return Judgement(
        item=f"{one.id}|{one.rater}",
        value=float(supported == one.yes),
        expected=f"{one.rater}: {one.supported}",
        found="supported" if supported else "not supported",
        cluster=one.question,
    )
