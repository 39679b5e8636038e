"""The shipped rules of wording, loaded once."""

from __future__ import annotations

from functools import cache

from ingest.documents import corpus_root
from rag.guard.labels import labels_of
from rag.guard.orders import OrderRules, load_order_rules
from rag.guard.verdict_rules import VerdictRules, load_verdict_rules
from rag.knowledge.library import load_knowledge


@cache
def verdict_rules() -> VerdictRules:
    knowledge = load_knowledge()
    labels = labels_of(knowledge.vocabulary, knowledge.policies.values())
    return load_verdict_rules(corpus_root(), knowledge.documents, labels=labels)


@cache
def order_rules() -> OrderRules:
    return load_order_rules(corpus_root())
