"""The suite on few pairs and one question, and a server that plays every model it asks for."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evals.citations.articles.questions import Question, load_questions
from evals.citations.methods.remembering import RememberingEncoder
from ingest.encoder import OnnxEncoder
from rag.knowledge.library import Knowledge, load_knowledge
from tests.model.servers import Behaviour, Handler, parrots, says


@cache
def encoder() -> RememberingEncoder:
    """Every run of the suite encodes the same passages: here once."""
    return RememberingEncoder(OnnxEncoder())


@cache
def knowledge_of(root: Path) -> Knowledge:
    return load_knowledge(root)


@pytest.fixture
def one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles take long; one of each kind shows what the suite does with them."""
    monkeypatch.setattr("evals.citations.compared.OnnxEncoder", lambda progress: encoder())
    monkeypatch.setattr("evals.citations.compared.load_knowledge", knowledge_of)

    def few(knowledge: Knowledge) -> tuple[Question, ...]:
        found = load_questions(knowledge)
        return tuple(next(one for one in found if one.kind == kind) for kind in ("determination", "guideline"))

    monkeypatch.setattr("evals.citations.suite.load_questions", few)


def plays_all(handler: Handler, body: dict[str, Any]) -> None:
    """Judges by whether the sentence stands in a passage; reads by quoting; words sections by quoting."""
    rules, given = (message["content"] for message in body["messages"][:2])
    if rules.startswith("You check a sentence"):
        _judges(given)(handler, body)
    elif rules.startswith("Answer the question from"):
        _reads(given)(handler, body)
    else:
        parrots(handler, body)


def _judges(given: str) -> Behaviour:
    sentence = re.search(r"<sentence>(.*?)</sentence>", given, re.DOTALL)
    stands = sentence is not None and sentence[1] in given[: sentence.start()]
    return says(json.dumps({"support": "supports" if stands else "partly", "why": "it stands there or not"}))


def _reads(given: str) -> Behaviour:
    """The first passage as it is, a sentence on two passages, one on none, and one that is made up."""
    first, second = re.findall(r"<passage[^>]*>(.*?)</passage>", given, re.DOTALL)[:2]
    sentences = [
        {"text": first, "sources": [1]},
        {"text": f"{first} {second}", "sources": [1, 2]},
        {"text": "No passage says this."},
        {"text": "Every policy pays for everything, always.", "sources": [1]},
    ]
    return says(json.dumps({"sentences": sentences}))
