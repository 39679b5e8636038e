"""Emergencies in the words of patients, families and clinicians, and what the rules still miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.strict_yaml import load_yaml
from rag.knowledge.scope import Scope, load_scope

TABLE: dict[str, list[str]] = load_yaml(Path(__file__).parent / "tables" / "emergencies.yaml").data


@pytest.fixture(scope="module")
def scope() -> Scope:
    return load_scope(corpus_root())


@pytest.mark.parametrize("text", [text for name, texts in TABLE.items() if name != "missed" for text in texts])
def test_an_emergency_is_sent_to_help(text: str, scope: Scope) -> None:
    refusal = scope.refusal_of(text)
    assert refusal is not None
    assert refusal.id == "emergency"


@pytest.mark.xfail(strict=True, reason="wordings that no rule tells yet")
@pytest.mark.parametrize("text", TABLE["missed"])
def test_an_emergency_that_is_still_missed(text: str, scope: Scope) -> None:
    assert scope.refusal_of(text) is not None
