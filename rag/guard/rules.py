"""The rules of all guards that judge wording, from the corpus, in one object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import Document
from rag.guard.identifiers import IdentifierRules, load_identifiers
from rag.guard.orders import OrderRules, load_order_rules
from rag.guard.support.rules import SupportRules
from rag.guard.support.rules_file import load_support
from rag.guard.verdict_rules import VerdictRules, load_verdict_rules


@dataclass(frozen=True)
class GuardRules:
    """``support``: does a passage carry a sentence; ``verdicts``: does it imply a status; ``orders``: is it one."""

    support: SupportRules
    verdicts: VerdictRules
    orders: OrderRules
    identifiers: IdentifierRules


def load_guard_rules(corpus: Path, documents: Mapping[str, Document], *, labels: Iterable[str] = ()) -> GuardRules:
    """``labels``: of facts and criteria. Raises ``CorpusErrors`` for the first file that has a fault."""
    return GuardRules(
        support=load_support(corpus),
        verdicts=load_verdict_rules(corpus, documents, labels=labels),
        orders=load_order_rules(corpus),
        identifiers=load_identifiers(corpus),
    )
