"""The API under load: as many clients at once as it may meet, each sending its next request when it has an answer.

The subject is one client; the others show what more of them gain, and what it costs each.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.bench.api_server import caller, serving
from evals.bench.bench import Bench, guideline_qa, python
from evals.bench.calls import calls
from evals.bench.figures import FrozenModel, Samples, Section, section
from evals.bench.process import BenchError

CLIENTS = (1, 2, 4, 8, 16, 32, 64)
#: In which new requests begin, for each number of clients; those that were begun are waited for.
SECONDS = 10.0
#: Of the latencies, the share that is not above the figure.
SHARE = 0.95


class Level(FrozenModel):
    """What so many clients saw. ``latencies``: of every request, in seconds; ``seconds``: until the last was answered.

    ``failed`` had another status or content than was asked for, or none; ``reasons`` tells the first of each kind.
    """

    clients: int
    seconds: float
    latencies: tuple[float, ...]
    failed: int
    reasons: tuple[str, ...]

    @property
    def answered(self) -> int:
        return len(self.latencies) - self.failed


class Levels(FrozenModel):
    levels: tuple[Level, ...]


def measure(bench: Bench) -> Section:
    """The index is made first, so that the server's start does not wait for it. Raises BenchError."""
    bench.runner.run(guideline_qa("ingest", "ingest", "--format", "json", "--corpus", str(bench.corpus)))
    with serving(bench) as server:
        bench.say(f"load by {', '.join(map(str, CLIENTS))} clients, {SECONDS:g} s each")
        numbers = ",".join(map(str, CLIENTS))
        asked = calls(bench.corpus, bench.question).written(bench.folder)
        arguments = ("-m", "evals.bench.load_probe", server.url, numbers, f"{SECONDS:g}", str(asked))
        run = caller(bench, server).run(python("load of the API", *arguments))
    levels = Levels.model_validate_json(run.output).levels
    refuse_failures(levels)
    return section("Load on the API", samples(levels))


def refuse_failures(levels: Sequence[Level]) -> None:
    """A server that fails is quick. Raises BenchError with every reason."""
    failed = [level for level in levels if level.failed]
    if failed:
        told = (
            f"{named(level)}: {level.failed} of {len(level.latencies)}: {reason}"
            for level in failed
            for reason in level.reasons
        )
        raise BenchError("Requests failed, so there are no figures. " + "; ".join(told))


def samples(levels: Sequence[Level]) -> list[Samples]:
    return [
        *(Samples(named(level), "requests", "per s", (level.answered / level.seconds,)) for level in levels),
        *(Samples(named(level), "latency", "s", level.latencies) for level in levels),
        *(Samples(named(level), "95th percentile", "s", (percentile(level.latencies, SHARE),)) for level in levels),
    ]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = next(number for number in range(1, len(ordered) + 1) if number >= share * len(ordered))
    return ordered[rank - 1]


def named(level: Level) -> str:
    return f"{level.clients} client{'s' if level.clients > 1 else ''}"
