"""A language-inference model by itself: does the passage entail the claim?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.citations.pair import Pair
from ingest.progress import Progress, silent
from rag.guard.support.models import Entailment

#: Pairs between two reports of progress.
STEP = 10


@dataclass(frozen=True)
class EntailmentScore:
    """A score for ``Thresholded``. The whole passage is the premise; a model cuts it where its own limit is."""

    model: Entailment
    progress: Progress = silent

    def __call__(self, pairs: Sequence[Pair]) -> list[float]:
        scores = []
        for number, pair in enumerate(pairs):
            if number % STEP == 0:
                self.progress(number, len(pairs), f"asking {self.model.name}")
            scores.append(self.model.entails(pair.passage, pair.claim))
        return scores
