"""Several suites: side by side in processes of their own, kept as they are done, taken up again after a break."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from evals.fingerprint import fingerprint
from evals.frame.floors import Floor, check_floors, load_floors, merged
from evals.frame.models import Report, SuiteReport
from evals.kept import keep, kept, make_room
from evals.options import Options, unheard
from evals.suites import SUITES, check_suites, run_suite
from ingest.documents import corpus_hash
from ingest.errors import CorpusError, CorpusErrors
from ingest.progress import silent
from rag.errors import UserError
from rag.version import software_version

#: Seconds between two looks at what the processes say.
PAUSE = 0.2
#: The suite whose figures are those of the machine at that minute.
TIMED = "latency"


def run_suites(
    names: Sequence[str],
    options: Options,
    *,
    folder: Path | None = None,
    jobs: int = 1,
    resume: bool = False,
    floors: Sequence[Floor] = (),
) -> Report:
    """``names`` empty: all. With ``folder`` each suite is kept there as it is done; with ``resume`` those of the same
    options, data, corpus and code are taken from there.

    A language model is asked by one suite at a time, so that its exchanges stay in order. A suite that cannot be
    measured is told when the others beside it are done and kept. Raises UserError.
    """
    chosen = list(dict.fromkeys(names)) or list(SUITES)
    check_suites(chosen)
    strangers = [floor.measure for floor in floors if floor.suite not in chosen]
    if strangers:
        raise UserError(f"--fail-under {strangers[0]}: that suite is not run. Run: {', '.join(chosen)}.")
    found: dict[str, SuiteReport] = {}
    # Taken now: what is edited while a suite runs did not make its figures.
    marks = {name: fingerprint(name, options) for name in chosen} if folder is not None else {}
    if folder is not None:
        make_room(folder)
    if folder is not None and resume:
        found = {name: one for name in chosen if (one := kept(name, folder, marks[name]))}
        for name in found:
            options.notice(f"{name}: taken from {folder}, nothing has changed since")
    left = [name for name in chosen if name not in found]
    one_by_one = jobs < 2 or len(left) < 2 or options.model is not None or options.judge is not None
    for name, suite in _alone(left, options) if one_by_one else _side_by_side(left, options, jobs):
        found[name] = suite
        if folder is not None:
            keep(suite, folder, marks[name])
    return report_of([found[name] for name in chosen], options, floors)


def report_of(suites: Sequence[SuiteReport], options: Options, floors: Sequence[Floor] = ()) -> Report:
    """With the own floors, replaced by those given; of a part of the items only the given ones say something."""
    return Report(
        software_version=software_version(),
        corpus_hash=corpus_hash(options.root),
        seed=options.seed,
        model=options.model.name or "replayed" if options.model else None,
        suites=tuple(suites),
        floors=check_floors(suites, merged(load_floors() if options.whole else (), floors)),
    )


def _alone(names: Sequence[str], options: Options) -> Iterator[tuple[str, SuiteReport]]:
    for name in names:
        yield name, run_suite(name, _named(options, name))


def _named(options: Options, name: str) -> Options:
    """Progress that says of which suite it speaks."""

    def progress(done: int, total: int, what: str) -> None:
        options.progress(done, total, f"{name}: {what}")

    return replace(options, progress=progress)


def _side_by_side(names: Sequence[str], options: Options, jobs: int) -> Iterator[tuple[str, SuiteReport]]:
    """As they are done. New processes are spawned, not forked: libraries with threads do not survive a fork.

    Each suite has a process of its own, whose memory goes with it. A suite that is timed runs last and alone: others
    beside it would be measured too. Raises UserError where a process was ended from outside.
    """
    context = multiprocessing.get_context("spawn")
    quiet = replace(options, progress=silent, notice=unheard)
    together = [name for name in names if name != TIMED]
    with context.Manager() as manager, _pool(jobs, context) as pool:
        said = manager.Queue()
        running = {pool.submit(_in_process, name, quiet, said): name for name in together}
        fault: Exception | None = None
        while running:
            done, _ = wait(running, timeout=PAUSE, return_when=FIRST_COMPLETED)
            _pass_on(said, options)
            for one in done:
                name = running.pop(one)
                if one.cancelled():
                    continue
                if error := one.exception():
                    fault = fault or _told(error, name)
                    for waiting in running:
                        waiting.cancel()
                else:
                    yield name, one.result()
        if fault is not None:
            raise fault
    yield from _alone([name for name in names if name == TIMED], options)


def _pool(jobs: int, context: BaseContext) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=context, max_tasks_per_child=1)


def _told(error: BaseException, name: str) -> Exception:
    if isinstance(error, BrokenProcessPool):
        return UserError(
            f"The process that measured {name}, or one beside it, was ended from outside (out of memory, or stopped). "
            "What was done is kept: go on with --resume, or with --jobs 1."
        )
    assert isinstance(error, Exception)
    return error


def _in_process(name: str, options: Options, said: Any) -> SuiteReport:
    def progress(done: int, total: int, what: str) -> None:
        said.put((done, total, f"{name}: {what}"))

    def notice(message: str) -> None:
        said.put((0, 0, f"{name}: {message}"))

    try:
        return run_suite(name, replace(options, progress=progress, notice=notice))
    except UserError as error:
        raise UserError(str(error)) from None  # an error with arguments of its own would not reach the other process
    except (CorpusError, CorpusErrors) as error:
        raise UserError(f"{error}\n`guideline-qa check` lists every fault of the corpus.") from None


def _pass_on(said: Any, options: Options) -> None:
    """What the processes said since. A total of 0 is a notice."""
    while not said.empty():
        done, total, text = said.get()
        if total:
            options.progress(done, total, text)
        else:
            options.notice(text)
