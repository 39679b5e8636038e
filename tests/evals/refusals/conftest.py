"""Questions as the data files hold them, and what a method may make of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evals.refusals.question import Question, Reason
from evals.refusals.questions import Asked
from ingest.index import open_index
from rag.knowledge.library import Knowledge, load_knowledge
from rag.retrieval.searcher import Searcher

Made = Callable[..., Asked]
Write = Callable[..., Path]

EMERGENCY = Reason(about="danger", says=(("911", "emergency room"), ("now",)), unsaid=("add the document",))
NO_SOURCE = Reason(about="nothing held", says=(("no policy", "no document"),), unsaid=("911",))


@pytest.fixture
def asked() -> Made:
    def made(*answer: str, reasons: tuple[Reason, ...] = (), ids: tuple[str, ...] = (), **more: object) -> Asked:
        given = {"id": "q", "written": "plain", "ask": "?", "answer": answer, "reason": ids} | more
        return Asked(Question.model_validate(given), date(2026, 11, 26), reasons)

    return made


@pytest.fixture
def emergency(asked: Made) -> Asked:
    return asked("refusal", reasons=(EMERGENCY,), ids=("emergency",))


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    """A folder of questions with the words of one reason; each file by its text."""

    def written(**files: str) -> Path:
        reasons = 'reasons:\n  no_source: {about: "nothing held", says: [["no policy"]]}\n'
        for name, text in {"reasons": reasons, **files}.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def searcher() -> Searcher:
    return Searcher(open_index())
