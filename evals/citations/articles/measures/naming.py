"""Names and warnings that metrics by the same scorer share."""

from __future__ import annotations

from evals.citations.articles.scorers.model_judge import MOST
from evals.citations.articles.scorers.scorer import Scorer

_SCORERS = {
    "guard": "CIRCULAR for the system: judged by the guard its articles have passed.",
    "words": "Judged by words in common, at the threshold set on the calibrate half of the labelled pairs.",
    "nli": "Judged by the cross-encoder, at the threshold set on the calibrate half of the labelled pairs.",
    "judge": f"Judged by a language model, at most {MOST} sentences of an article.",
}


def named(name: str, scorer: Scorer) -> str:
    return name if scorer.name == "guard" else f"{name}-by-{scorer.name}"


def warned(about: str, scorer: Scorer) -> str:
    return f"{about} {_SCORERS[scorer.name]}"
