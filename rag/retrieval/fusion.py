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


WEIGHTS = FusionWeights(everyday=0.1, precise=0.6)


def fuse(*, similarity: float, lexical: float, lexical_weight: float) -> float:
    """One score from a cosine similarity and a lexical score of 0 to 1."""
    return (1.0 - lexical_weight) * max(similarity, 0.0) + lexical_weight * lexical
