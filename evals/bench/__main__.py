"""Measure speed and memory, and print a table: python -m evals.bench [options] QUESTION"""

import argparse
import os
import platform
import shlex
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.bench import answer, api, building, encoding, inside, load, startup
from evals.bench.bench import ROOT, Bench, program
from evals.bench.figures import Report, Section
from evals.bench.process import BenchError
from evals.bench.table import table
from ingest.documents import corpus_root
from ingest.errors import CorpusError, CorpusErrors, ModelError

INTERRUPTED = 130

SECTIONS: dict[str, Callable[[Bench], Section]] = {
    "start-up": startup.measure,
    "answer": answer.measure,
    "inside": inside.measure,
    "index": building.measure,
    "encoding": encoding.measure,
    "api": api.measure,
    "load": load.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 1 when a measured command failed; the figures before it are then not printed."""
    given = _parse(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="guideline-qa-bench-") as folder:
            report = measure(given, Path(folder))
    except (BenchError, CorpusError, CorpusErrors, ModelError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    print(report.model_dump_json(indent=2) if given.format == "json" else table(report), flush=True)
    return 0


def measure(given: argparse.Namespace, folder: Path) -> Report:
    load = os.getloadavg()[0]
    bench = Bench(
        question=given.question, corpus=given.corpus.resolve(), repeats=given.repeats, folder=folder, say=_say
    )
    sections = tuple(SECTIONS[name](bench) for name in given.only or SECTIONS)
    return Report(
        repeats=given.repeats,
        processors=os.cpu_count() or 1,
        load_average=load,
        python=platform.python_version(),
        program=_shown(program()),
        sections=sections,
    )


def _shown(command: Sequence[str]) -> str:
    """The command with paths as seen from the project."""
    return shlex.join(os.path.relpath(part, ROOT) if os.path.isabs(part) else part for part in command)  # noqa: PTH117


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("question", metavar="QUESTION", help="what the measured answers answer")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how the result is printed")
    parser.add_argument("--repeats", type=_at_least_one, default=3, metavar="N", help="counted rounds (default: 3)")
    parser.add_argument("--only", action="append", choices=tuple(SECTIONS), help="this section; may be repeated")
    parser.add_argument("--corpus", type=Path, default=corpus_root(), metavar="DIR", help="another corpus folder")
    return parser.parse_args(arguments)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rounds; give 1 or more")
    return int(text)


if __name__ == "__main__":
    raise SystemExit(main())
