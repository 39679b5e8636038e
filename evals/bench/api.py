"""The API beside the core it stands on: the same answer and the same decisions, in turn; its start; its memory.

The core is called in a process that is loaded and warm, by the one caller who also calls the API: what differs is the
way through HTTP, the key, the limits, and JSON. Both remember what they have encoded, as the server does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.bench.api_server import WORKERS, ApiServer, caller, serving
from evals.bench.bench import Bench, guideline_qa, python
from evals.bench.calls import Calls, calls
from evals.bench.figures import FrozenModel, Samples, Section, section
from evals.bench.process import Run

API = f"API, {WORKERS} workers"
CORE = "core, in one process"
ASK = "guideline-qa ask, warm, to its end"
#: Rounds of one answer and of as many decisions, each by the API and by the core.
ANSWERS, DECISIONS = 10, 50


class Pairs(FrozenModel):
    """Seconds of the API and of the core, round by round."""

    api_answers: tuple[float, ...]
    core_answers: tuple[float, ...]
    api_decisions: tuple[float, ...]
    core_decisions: tuple[float, ...]


@dataclass(frozen=True)
class Started:
    """What one start of the server took; ``megabytes`` of its workers once they have answered."""

    seconds: float
    megabytes: tuple[float, ...]


def measure(bench: Bench) -> Section:
    """Starts of the server take turns with whole questions on the command line."""
    asked = calls(bench.corpus, bench.question)
    ask = guideline_qa(ASK, "ask", bench.question, "--format", "json", "--corpus", str(bench.corpus))
    runs: list[Run] = []
    starts: list[Started] = []
    pairs: list[Pairs] = []
    for number in range(bench.repeats + 1):
        bench.say(f"{ASK}, and the server: {f'{number} of {bench.repeats}' if number else 'warming up'}")
        runs.append(bench.runner.run(ask))
        with serving(bench) as server:
            pairs.append(_pairs(bench, server, asked))
            starts.append(Started(server.ready_seconds, server.worker_megabytes()))
    return section("API", samples(pairs[1:], starts[1:], runs[1:]))


def samples(pairs: Sequence[Pairs], starts: Sequence[Started], runs: Sequence[Run]) -> list[Samples]:
    """Rounds of all starts are pooled, and so are workers: of a worker what it holds, of a command its peak."""
    answer, decisions, start, memory = (
        "answer, one policy",
        "determinations, one policy",
        "start",
        "memory of a process",
    )
    return [
        Samples(API, answer, "s", tuple(value for pair in pairs for value in pair.api_answers)),
        Samples(CORE, answer, "s", tuple(value for pair in pairs for value in pair.core_answers)),
        Samples(API, decisions, "s", tuple(value for pair in pairs for value in pair.api_decisions)),
        Samples(CORE, decisions, "s", tuple(value for pair in pairs for value in pair.core_decisions)),
        Samples(API, start, "s", tuple(started.seconds for started in starts)),
        Samples(ASK, start, "s", tuple(run.wall_seconds for run in runs)),
        Samples(API, memory, "MB", tuple(value for started in starts for value in started.megabytes)),
        Samples(ASK, memory, "MB", tuple(run.peak_mb for run in runs)),
    ]


def _pairs(bench: Bench, server: ApiServer, asked: Calls) -> Pairs:
    arguments = (str(bench.corpus), server.url, str(ANSWERS), str(DECISIONS), str(asked.written(bench.folder)))
    run = caller(bench, server).run(python("API and core in turn", "-m", "evals.bench.api_probe", *arguments))
    return Pairs.model_validate_json(run.output)
