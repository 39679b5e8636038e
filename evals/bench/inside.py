"""An answer inside a process that is loaded, against its retrieval alone: what is left is deciding and writing.

And a follow-up in a conversation, as the page answers it: one value filled in, the article written anew.
"""

from evals.bench.bench import Bench, python
from evals.bench.figures import FrozenModel, Samples, Section, section

ANSWERS_PER_PROCESS = 5


class Times(FrozenModel):
    """What one process measured, in seconds."""

    opening: float
    first_answer: float
    answers: tuple[float, ...]
    retrievals: tuple[float, ...]
    follow_ups: tuple[float, ...]


def measure(bench: Bench) -> Section:
    name = "answers in one process"
    arguments = ("-m", "evals.bench.inside_probe", str(bench.corpus), str(ANSWERS_PER_PROCESS), bench.question)
    runs = bench.in_turn([python(name, *arguments)])[name]
    return section("Answer in a loaded process", samples([Times.model_validate_json(run.output) for run in runs]))


def samples(times: list[Times]) -> list[Samples]:
    """Answers and retrievals of all processes are pooled."""
    figures = {
        "answer": [value for one in times for value in one.answers],
        "its retrieval alone": [value for one in times for value in one.retrievals],
        "follow-up with one value filled in": [value for one in times for value in one.follow_ups],
        "first answer": [one.first_answer for one in times],
        "imports, corpus and index": [one.opening for one in times],
    }
    return [Samples(name, "wall time", "s", tuple(values)) for name, values in figures.items()]
