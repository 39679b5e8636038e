"""The shipped rules, and a policy asked about one sentence and one passage."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ingest.documents import corpus_root
from rag.guard.support.grounds import Grounds, grounds
from rag.guard.support.judge import Judge
from rag.guard.support.models import Evidence, Finding
from rag.guard.support.reading import Reading, read
from rag.guard.support.rules import SupportRules
from rag.guard.support.rules_file import load_support
from tests.conftest import WordEncoder

Policy = Callable[[Reading, Grounds, SupportRules], Iterator[Finding]]


@pytest.fixture(scope="session")
def rules() -> SupportRules:
    return load_support(corpus_root())


@pytest.fixture(scope="session")
def judge(rules: SupportRules) -> Judge:
    """With an encoder that needs no model: the score's threshold is another test's matter."""
    return Judge(rules, encoder=WordEncoder(), names=frozenset({"Plan North", "Plan South", "Northern Spine Society"}))


def found(rules: SupportRules, policies: tuple[Policy, ...], claim: str, *evidence: str | Evidence) -> list[str]:
    """The reasons the policies give, in order."""
    items = [one if isinstance(one, Evidence) else Evidence(one) for one in evidence]
    held = grounds(items, rules)
    return [finding.reason for policy in policies for finding in policy(read(claim, rules), held, rules)]


def check_row(
    rules: SupportRules, policies: tuple[Policy, ...], claim: str, passage: str, expected: str | None
) -> None:
    """``expected``: words of one of the reasons; ``None`` for a sentence nothing is wrong with."""
    reasons = found(rules, policies, claim, passage)
    if expected is None:
        assert reasons == [], claim
    else:
        assert any(expected in reason for reason in reasons), (claim, reasons)
