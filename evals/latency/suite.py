"""The suite: the bench with few repeats, as measures of the frame."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from app.chat.examples import load_examples
from evals.bench import answer, inside, startup
from evals.bench.bench import Bench
from evals.bench.figures import Section
from evals.bench.process import BenchError
from evals.frame.models import SuiteReport
from evals.latency import first_words
from evals.latency.measures import MEASURES
from evals.opened import open_desk
from evals.options import Options
from ingest.cache import cache_home
from ingest.documents import corpus_root
from rag.errors import UserError

#: Counted rounds of whole processes: enough to see that a figure is no accident; `make bench` counts more.
REPEATS = 3
#: Of processes that repeat within themselves.
PROCESSES = 1

ABOUT = (
    "Real processes that answer the corpus's first example question, each beside a named alternative that does less, "
    "turn by turn. Each figure is the median of the repeats, between the lowest and the highest of them: no 95 % "
    "interval, which so few cannot give. They are this machine's and this minute's; compare within one run, and rather "
    "the ratios. Another load on the machine makes all of them worse. Lower is better everywhere."
)

SECTIONS: Mapping[str, Callable[[Bench], Section]] = {
    "answer": answer.measure,
    "inside": lambda bench: inside.measure(replace(bench, repeats=PROCESSES)),
    "first words": first_words.measure,
    "start-up": lambda bench: startup.measure(replace(bench, repeats=PROCESSES)),
}


def run(options: Options) -> SuiteReport:
    """``options.limit``: repeats at most. Raises UserError where a measured command fails."""
    corpus = (options.corpus or corpus_root()).resolve()
    examples = load_examples(corpus)
    if not examples:
        raise UserError(f"{corpus} offers no example question to time. Put one in examples.yaml.")
    open_desk(options)  # so that all processes find the index built
    with tempfile.TemporaryDirectory(prefix="guideline-qa-latency-") as folder:
        return measure(examples[0].question, _bench(corpus, examples[0].question, Path(folder), options), options)


def measure(question: str, bench: Bench, options: Options) -> SuiteReport:
    sections = {}
    for number, (name, section) in enumerate(SECTIONS.items()):
        options.progress(number, len(SECTIONS), f"timing: {name}")
        sections[name] = _measured(section, bench)
    options.progress(len(SECTIONS), len(SECTIONS), "timing")
    return SuiteReport(
        suite="latency",
        title="Latency and memory",
        about=ABOUT,
        half=None,
        limit=options.limit,
        items={"question": question},
        measures=tuple(one.measure(sections) for one in MEASURES),
        timed=True,
    )


def _bench(corpus: Path, question: str, folder: Path, options: Options) -> Bench:
    """Its processes use the cache that users' processes use: a warm answer is theirs."""
    (folder / "home").symlink_to(cache_home(), target_is_directory=True)
    repeats = min(REPEATS, options.limit or REPEATS)
    return Bench(question=question, corpus=corpus, repeats=repeats, folder=folder, say=lambda text: None)


def _measured(section: Callable[[Bench], Section], bench: Bench) -> Section:
    try:
        return section(bench)
    except BenchError as error:
        raise UserError(str(error)) from None
