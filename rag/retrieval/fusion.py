"""How much the lexical search counts beside the dense one, and the one place these weights stand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FusionWeights:
    """Lexical weight for a query of everyday words, and for one made of codes and rare terms only."""

    everyday: float
    precise: float

    def lexical(self, precision: float) -> float:
        """The lexical weight for a query of this precision (0 to 1); the dense weight is the rest."""
        return self.everyday + (self.precise - self.everyday) * precision


#: Best mean reciprocal rank at 10 on the calibrate half of evals/retrieval/questions.yaml, on a grid of tenths
#: (`python -m evals.retrieval.calibrate`, 2026-11, 37 documents). Calibrate half (70 questions): .86, against .76
#: for vectors alone, .84 for words alone and .85 for equal weights. Test half (34 questions): .87 against .78, .84
#: and .88; a difference below .1 is within chance there. Policies of different payers say much the same in other
#: words, so names and codes count for more here than in a general corpus.
WEIGHTS = FusionWeights(everyday=0.4, precise=0.9)


def fuse(*, similarity: float, lexical: float, lexical_weight: float) -> float:
    """One score from a cosine similarity and a lexical score of 0 to 1."""
    return (1.0 - lexical_weight) * max(similarity, 0.0) + lexical_weight * lexical
