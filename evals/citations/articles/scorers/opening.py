"""The scorers of a run: always the guard and words in common; a cross-encoder and a model where they are named."""

from __future__ import annotations

from evals.citations.articles.scorers.guard import GuardScorer
from evals.citations.articles.scorers.model_judge import ModelJudge
from evals.citations.articles.scorers.scorer import Scorer
from evals.citations.articles.scorers.thresholded import ThresholdScorer
from evals.citations.compared import Opened
from evals.citations.measure import sample
from evals.citations.methods.nli import EntailmentScore
from evals.citations.methods.overlap import OVERLAP
from evals.citations.methods.threshold import Thresholded
from evals.citations.pair import Pair
from evals.models import cleaner, meter, open_model
from evals.options import ModelChoice, Options

WORDS, NLI = "words", "nli"
#: Pairs a cross-encoder is calibrated on at most: each takes it a good part of a second.
NLI_CALIBRATED = 200


def open_scorers(opened: Opened, own: tuple[Pair, ...], options: Options) -> list[Scorer]:
    """The guard first. ``own``: the project's pairs, to calibrate on; without them nothing is that has a threshold.

    Raises UserError for a model that cannot be opened.
    """
    known = opened.knowledge
    scorers: list[Scorer] = [GuardScorer(opened.guard, known)]
    if own:
        scorers.append(ThresholdScorer(WORDS, OVERLAP, tuple(sample(own, half="calibrate", limit=None)), known))
    if own and opened.nli is not None:
        method = Thresholded(NLI, EntailmentScore(opened.nli, options.progress))
        pairs = tuple(sample(own, half="calibrate", limit=NLI_CALIBRATED))
        scorers.append(ThresholdScorer(NLI, method, pairs, known))
    if options.judge is not None:
        scorers.append(_model_judge(opened, options.judge, options))
    return scorers


def _model_judge(opened: Opened, choice: ModelChoice, options: Options) -> ModelJudge:
    model = open_model(choice)
    clean = cleaner(opened.knowledge)
    return ModelJudge(opened.knowledge, lambda: meter(choice, model), clean=clean, progress=options.progress)
