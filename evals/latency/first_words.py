"""How soon a reader has something to read: the first section of a streamed answer, against the whole of it."""

from __future__ import annotations

from evals.bench.bench import Bench, python
from evals.bench.figures import FrozenModel, Samples, Section, section

FIRST, WHOLE = "first section", "whole answer"
TIMES = 5


class Streamed(FrozenModel):
    """What one loaded process measured, in seconds, answer by answer."""

    first: tuple[float, ...]
    whole: tuple[float, ...]


def measure(bench: Bench) -> Section:
    """One loaded process; its first answer is not counted."""
    arguments = ("-m", "evals.latency.first_words_probe", str(bench.corpus), str(TIMES), bench.question)
    run = bench.runner.run(python("streamed answers in one process", *arguments))
    found = Streamed.model_validate_json(run.output)
    return section(
        "First words",
        [Samples(FIRST, "wall time", "s", found.first), Samples(WHOLE, "wall time", "s", found.whole)],
    )
