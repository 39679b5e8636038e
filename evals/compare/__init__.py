"""Two runs beside each other: what changed, and what of it is more than chance."""

from evals.compare.comparing import compare
from evals.compare.models import Change, Comparison, Run
from evals.compare.text import in_words

__all__ = ["Change", "Comparison", "Run", "compare", "in_words"]
