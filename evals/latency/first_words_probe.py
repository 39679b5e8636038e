"""One process that streams answers: python -m evals.latency.first_words_probe CORPUS TIMES QUESTION"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from app.options import today
from evals.latency.first_words import Streamed
from evals.opened import open_desk
from evals.options import Options
from rag.chain import Request, stream
from rag.conversation import Desk
from rag.options import AskOptions


def main(corpus: Path, times: int, question: str) -> None:
    desk, on = open_desk(Options(corpus=corpus)), today()
    found = [streamed(question, on, desk) for _ in range(times + 1)][1:]
    print(Streamed(first=tuple(one for one, _ in found), whole=tuple(all_ for _, all_ in found)).model_dump_json())


def streamed(question: str, on: date, desk: Desk) -> tuple[float, float]:
    """Seconds to the first event and to the last."""
    started = time.perf_counter()
    first = 0.0
    for _ in stream(Request(question, AskOptions(on=on)), knowledge=desk.knowledge, searcher=desk.searcher):
        first = first or time.perf_counter() - started
    return first, time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
