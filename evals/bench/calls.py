"""What the API is asked while it is measured: taken from the corpus, so that any corpus can be measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from app.options import today
from evals.bench.figures import FrozenModel
from evals.bench.process import BenchError
from rag.chain import Request, decide_request
from rag.knowledge.cases_file import load_cases
from rag.knowledge.library import Knowledge, load_knowledge
from rag.options import AskOptions


class Calls(FrozenModel):
    """``facts``: those of a worked case of ``policy``, as in a facts file. ``queries``: titles of documents."""

    question: str
    policy: str
    on: date
    facts: dict[str, Any]
    queries: tuple[str, ...]

    @property
    def ask(self) -> dict[str, Any]:
        return {"question": self.question, "policy": self.policy, "on": self.on.isoformat()}

    @property
    def decide(self) -> dict[str, Any]:
        return {"facts": self.facts, "policy": self.policy, "on": self.on.isoformat()}

    def written(self, folder: Path) -> Path:
        """The file a measured process reads it from."""
        file = folder / "calls.json"
        file.write_text(self.model_dump_json(), encoding="utf-8")
        return file


def calls(corpus: Path, question: str) -> Calls:
    """The first policy that decides the question and has a worked case of facts. Raises BenchError."""
    knowledge, on = load_knowledge(corpus), today()
    decided = decide_request(Request(question, AskOptions(on=on)), knowledge)
    for found in decided.intake.determinations:
        facts = _worked_facts(knowledge, found.policy_id)
        if facts:
            queries = tuple(dict.fromkeys(document.title for document in knowledge.documents.values()))
            return Calls(question=question, policy=found.policy_id, on=on, facts=facts, queries=queries)
    raise BenchError("No policy with a worked case decides the question. Ask one that names a code the corpus governs.")


def _worked_facts(knowledge: Knowledge, policy_id: str) -> dict[str, Any]:
    loaded = load_cases(knowledge.root, policy_id)
    cases = loaded[0] if loaded else ()
    return next((dict(case.facts) for case in cases if case.facts), {})
