"""An optional model that reads premise and hypothesis; its word is one more policy, never the last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ingest.errors import ModelError
from rag.guard.support.calibration import ENTAILED
from rag.guard.support.models import Entailment, Finding
from rag.guard.support.reading import Reading, Sentence

POLICY = "entailment"
_LABEL = "entailment"


class CrossEncoderEntailment:
    """A cross-encoder of sentence-transformers, by name or folder. Nothing is loaded before the first question.

    Two kinds of heads: NLI (one of the labels of ``config.id2label`` is "entailment"), and a single score, where the
    score's sigmoid is the probability. Nothing is downloaded: the model has to be on this machine already.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def entails(self, premise: str, hypothesis: str) -> float:
        """Probability that the premise entails the hypothesis. Raises ``ModelError`` when there is no such model."""
        logits = [float(value) for value in self._logits(premise, hypothesis)]
        if len(logits) == 1:
            return 1 / (1 + math.exp(-logits[0]))
        highest = max(logits)
        weights = [math.exp(value - highest) for value in logits]
        return weights[self._entailed] / sum(weights)

    def _logits(self, premise: str, hypothesis: str) -> Sequence[float]:
        import numpy as np
        from torch.nn import Identity

        found = self._model.predict([(premise, hypothesis)], activation_fn=Identity(), show_progress_bar=False)
        return list(np.asarray(found, dtype=np.float64).reshape(-1))

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self._name, local_files_only=True)
        except Exception as error:
            first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(
                f"The entailment model {self._name} cannot be loaded ({first}). Put the model on this machine and name "
                "its folder, or leave the entailment model out."
            ) from None

    @cached_property
    def _entailed(self) -> int:
        labels = {int(number): str(label).lower() for number, label in self._model.config.id2label.items()}
        found = next((number for number, label in labels.items() if label == _LABEL), None)
        if found is None:
            raise ModelError(
                f"The model {self._name} has no label “{_LABEL}” (it has {', '.join(labels.values())}). Choose an NLI "
                "model or one with a single score."
            )
        return found


def entailment(claim: Reading, carrying: Sequence[Sentence], model: Entailment) -> Finding | None:
    """A finding where the model does not hold the claim entailed by the sentences that carry it."""
    premise = " ".join(sentence.said for sentence in sorted(carrying, key=lambda one: (one.text, one.start)))
    found = model.entails(premise, claim.text) if premise else 0.0
    if found >= ENTAILED:
        return None
    return Finding(POLICY, f"{model.name} gives its entailment a probability of {found:.2f}, needed {ENTAILED:.2f}")
