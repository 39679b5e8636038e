"""Start-up: the help, which imports what every command imports, against an interpreter that does nothing."""

from evals.bench.bench import Bench, guideline_qa, python, wall
from evals.bench.figures import Section, section

#: These processes take a tenth of a second, where one hiccup is a large share.
ROUNDS_PER_REPEAT = 5


def measure(bench: Bench) -> Section:
    commands = [guideline_qa("guideline-qa --help", "--help"), python("python -c pass", "-c", "pass")]
    runs = bench.in_turn(commands, repeats=ROUNDS_PER_REPEAT * bench.repeats)
    return section("Start-up", [wall(name, found) for name, found in runs.items()])
