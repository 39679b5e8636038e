"""How often a supported sentence scores higher than an unsupported one."""

from __future__ import annotations

from evals.citations.labelled.metric import PairMetric
from evals.metrics.roc_auc import roc_auc

RANKING = PairMetric(
    name="guard-auc",
    about="Area under the ROC curve of the score: chance that a supported sentence scores above an unsupported one.",
    figure=roc_auc,
)
