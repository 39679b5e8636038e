"""One process that calls API and core in turn: python -m evals.bench.api_probe CORPUS URL ANSWERS DECISIONS FILE

The file holds ``Calls`` as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from pydantic import TypeAdapter

from app.decisions import Asked, decide_case
from evals.bench.api import Pairs
from evals.bench.api_server import KEY_VARIABLE
from evals.bench.calls import Calls
from evals.bench.inside_probe import seconds
from evals.opened import open_desk
from evals.options import Options
from rag.case.facts_file import read_facts
from rag.chain import ask
from rag.criteria.determination import Determination
from rag.options import AskOptions

JSON_OF_MANY = TypeAdapter(tuple[Determination, ...])


def main(corpus: Path, url: str, answers: int, decisions: int, asked: Calls) -> None:
    """Ends with an error where the two do not say the same: then no ratio means anything."""
    desk = open_desk(Options(corpus=corpus))
    options = AskOptions(on=asked.on, policy=asked.policy)

    def core_answer() -> bytes:
        answer = ask(asked.question, options=options, knowledge=desk.knowledge, searcher=desk.searcher)
        return answer.model_dump_json().encode()

    def core_decision() -> bytes:
        chosen = Asked(on=asked.on, policy=asked.policy)
        case = read_facts(asked.facts, desk.knowledge.vocabulary)
        return b'{"determinations":' + JSON_OF_MANY.dump_json(decide_case(case, chosen, desk.knowledge)) + b"}"

    headers = {"Authorization": f"Bearer {os.environ[KEY_VARIABLE]}"}
    with httpx.Client(base_url=url, headers=headers, timeout=120, trust_env=False) as client:
        api_answers, core_answers = in_turn(poster(client, "/v1/answers", asked.ask), core_answer, answers)
        api_decisions, core_decisions = in_turn(
            poster(client, "/v1/determinations", asked.decide), core_decision, decisions
        )
    found = Pairs(
        api_answers=api_answers,
        core_answers=core_answers,
        api_decisions=api_decisions,
        core_decisions=core_decisions,
    )
    print(found.model_dump_json())


def poster(client: httpx.Client, path: str, body: dict[str, Any]) -> Callable[[], bytes]:
    """Sends ``body`` and gives the answer's bytes. Raises ``httpx.HTTPStatusError``."""

    def post() -> bytes:
        return client.post(path, json=body).raise_for_status().content

    return post


def in_turn(
    first: Callable[[], bytes], second: Callable[[], bytes], times: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Seconds of each; a first round is not counted but compared."""
    if _undated(first()) != _undated(second()):
        raise SystemExit("the API and the core do not say the same")
    pairs = [(seconds(first), seconds(second)) for _ in range(times)]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)


def _undated(content: bytes) -> dict[str, Any]:
    """Without the moment an answer was written at, which alone is another each time."""
    found: dict[str, Any] = json.loads(content)
    return {name: value for name, value in found.items() if name != "last_updated"}


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        sys.argv[2],
        int(sys.argv[3]),
        int(sys.argv[4]),
        Calls.model_validate_json(Path(sys.argv[5]).read_text(encoding="utf-8")),
    )
