"""Words of emergencies in histories, denials, risks, instructions and questions: nothing is turned away for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.strict_yaml import load_yaml
from rag.knowledge.scope import Scope, load_scope

TABLE: dict[str, list[str]] = load_yaml(Path(__file__).parent / "tables" / "harmless.yaml").data


@pytest.fixture(scope="module")
def scope() -> Scope:
    return load_scope(corpus_root())


@pytest.mark.parametrize("text", [text for texts in TABLE.values() for text in texts])
def test_a_harmless_question_is_not_turned_away(text: str, scope: Scope) -> None:
    assert scope.refusal_of(text) is None
