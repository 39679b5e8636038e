"""One process that opens corpus and index and answers: python -m evals.bench.inside_probe CORPUS TIMES QUESTION"""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evals.bench.inside import Times

if TYPE_CHECKING:
    from rag.knowledge.library import Knowledge


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
        follow_ups=tuple(follow_ups(knowledge, times, question)),
    )
    print(found.model_dump_json())


def follow_ups(knowledge: "Knowledge", times: int, question: str) -> list[float]:
    """Seconds of follow-ups as the page answers them: its encoder remembers what it has encoded."""
    from app.options import today
    from ingest.encoder import OnnxEncoder
    from ingest.index import open_index
    from ingest.remembering import RememberingEncoder
    from rag.conversation import Desk, reply
    from rag.followup.models import Message, Selection
    from rag.retrieval.searcher import Searcher

    encoder = RememberingEncoder(OnnxEncoder())
    index = open_index(knowledge.root, documents=knowledge.documents, encoder=encoder)
    desk = Desk(knowledge, Searcher(index))
    turns = [reply(Message(text=question, selection=Selection(on=today())), [], desk=desk)]
    missing = (
        [fact.fact for found in turns[0].answer.determinations for fact in found.missing] if turns[0].answer else []
    )
    open_facts = [fact for fact in dict.fromkeys(missing) if knowledge.vocabulary.facts[fact].type == "boolean"]

    def fill_in(fact: str) -> None:
        turns.append(reply(Message(facts={fact: True}), turns, desk=desk))

    return [seconds(partial(fill_in, fact)) for fact in open_facts[:times]]


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
