"""One process that opens corpus and index and answers: python -m evals.bench.inside_probe CORPUS TIMES QUESTION"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from evals.bench.inside import Times


def main(corpus: Path, times: int, question: str) -> None:
    started = time.perf_counter()
    from app.options import today
    from app.progress import Reporter
    from app.sources import open_searcher
    from rag.chain import Request, ask, decide_request, find_passages
    from rag.knowledge.library import load_knowledge
    from rag.options import AskOptions

    knowledge = load_knowledge(corpus)
    with Reporter() as reporter:
        searcher = open_searcher(knowledge, reporter)
    opening = time.perf_counter() - started
    options = AskOptions(on=today())
    decided = decide_request(Request(question, options), knowledge)

    def answer() -> None:
        ask(question, options=options, knowledge=knowledge, searcher=searcher)

    def retrieve() -> None:
        find_passages(decided, knowledge, searcher)

    first = seconds(answer)
    pairs = [(seconds(answer), seconds(retrieve)) for _ in range(times)]
    found = Times(
        opening=opening,
        first_answer=first,
        answers=tuple(whole for whole, _ in pairs),
        retrievals=tuple(part for _, part in pairs),
    )
    print(found.model_dump_json())


def seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
