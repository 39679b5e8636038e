"""What every section is given, and the one way they repeat."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.bench.figures import Samples
from evals.bench.process import Command, Run, Runner
from ingest.cache import VARIABLE

ROOT = Path(__file__).resolve().parents[2]

Runs = dict[str, list[Run]]


@dataclass(frozen=True)
class Bench:
    """`folder` is temporary and holds the cache that the measured processes use: the user's own is not touched."""

    question: str
    corpus: Path
    repeats: int
    folder: Path
    say: Callable[[str], None]

    @property
    def runner(self) -> Runner:
        return self.runner_with(self.folder / "home")

    def runner_with(self, home: Path) -> Runner:
        """Processes whose model and index live in `home`. No package may look for a newer model on a network."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GUIDELINE_QA")}
        return Runner(kept | {VARIABLE: str(home), "HF_HUB_OFFLINE": "1"}, ROOT)

    def in_turn(self, commands: Sequence[Command], *, repeats: int | None = None) -> Runs:
        """One round that is not counted, then the repeats, each of all commands: a slow minute slows all alike."""
        runs: Runs = {command.name: [] for command in commands}
        rounds = repeats or self.repeats
        for number in range(rounds + 1):
            for command in commands:
                self.say(f"{command.name}: {f'{number} of {rounds}' if number else 'warming up'}")
                run = self.runner.run(command)
                if number:
                    runs[command.name].append(run)
        return runs


def program() -> tuple[str, ...]:
    """The installed `guideline-qa` beside this interpreter, else the module that is the same program."""
    script = Path(sys.executable).with_name("guideline-qa")
    return (str(script),) if script.is_file() else (sys.executable, "-m", "app")


def python(name: str, *arguments: str) -> Command:
    """This interpreter with arguments."""
    return Command(name, (sys.executable, *arguments))


def guideline_qa(name: str, *arguments: str) -> Command:
    return Command(name, (*program(), *arguments))


def wall(name: str, runs: Sequence[Run]) -> Samples:
    return Samples(name, "wall time", "s", tuple(run.wall_seconds for run in runs))


def peak(name: str, runs: Sequence[Run]) -> Samples:
    return Samples(name, "peak memory", "MB", tuple(run.peak_mb for run in runs))
