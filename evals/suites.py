"""The suites by name. A suite is imported when it runs, so that asking for help costs nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from evals.folders import folder_of
from evals.frame.models import SuiteReport
from evals.options import Options
from ingest.errors import CorpusError, CorpusErrors
from rag.errors import UserError

Suite = Callable[[Options], SuiteReport]

#: By name what each asks, the gravest first. The room of that name measures it: ``evals.<name>.suite.run``.
SUITES: Mapping[str, str] = {
    "verdicts": "is the status right, and is nothing called met that is not",
    "facts": "are the facts of a text read right",
    "citations": "do the passages cited support the sentences",
    "retrieval": "are the right passages found",
    "refusals": "is what has no source, or is no question for a machine, refused, and nothing else",
    "followups": "does a conversation keep the record right",
    "injection": "do orders hidden in questions, notes and documents change nothing",
    "identifiers": "do personal identifiers stay on the machine",
    "audience": "do other words for other readers leave facts and verdict alone",
    "repeatability": "does the same input give the same bytes",
    "latency": "how long an answer takes, beside doing less",
}


def run_suite(name: str, options: Options) -> SuiteReport:
    """Measure. Raises UserError for an unknown suite, with the list, and for data that cannot be used, by line.

    Faults of the corpus itself stay what they are.
    """
    check_suites([name])
    suite: Suite = import_module(f"evals.{name}.suite").run
    log = logging.getLogger("rag.guard")
    level = log.level
    log.setLevel(logging.ERROR)  # what the guards remove is what is measured here
    try:
        return suite(replace(options, data=folder_of(name, options.data)))
    except (CorpusError, CorpusErrors) as fault:
        faults = fault.errors if isinstance(fault, CorpusErrors) else (fault,)
        if any(one.file.resolve().is_relative_to(options.root.resolve()) for one in faults):
            raise
        raise UserError("\n".join(["labelled data cannot be used:", *map(str, faults)])) from None
    finally:
        log.setLevel(level)


def check_suites(names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        raise UserError(f"There is no suite {unknown[0]!r}. Suites: {', '.join(SUITES)}.")
