"""Passages a second of the encoder in use, against sentence-transformers on the same texts and weights."""

from evals.bench.bench import Bench, Runs, peak, python
from evals.bench.figures import FrozenModel, Samples, Section, section

PASSAGES = 64
PASSES_PER_PROCESS = 3
ENCODERS = {"ONNX encoder": "onnx", "sentence-transformers": "sentence-transformers"}


class Rates(FrozenModel):
    """Passages a second of each pass of one process, its loading not counted."""

    rates: tuple[float, ...]


def measure(bench: Bench) -> Section:
    counts = (str(PASSAGES), str(PASSES_PER_PROCESS))
    commands = [
        python(name, "-m", "evals.bench.encoding_probe", key, str(bench.corpus), *counts)
        for name, key in ENCODERS.items()
    ]
    runs = bench.in_turn(commands)
    return section(f"Encoding, {PASSAGES} passages of the corpus", [*rates(runs), *memory(runs)])


def rates(runs: Runs) -> list[Samples]:
    """Passes of all processes are pooled."""
    return [
        Samples(
            name, "passages", "per s", tuple(r for run in found for r in Rates.model_validate_json(run.output).rates)
        )
        for name, found in runs.items()
    ]


def memory(runs: Runs) -> list[Samples]:
    return [peak(name, found) for name, found in runs.items()]
