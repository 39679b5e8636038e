"""Wordings by which a sentence orders, instructs, diagnoses, advises on a claim or promises (``orders.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import load_yaml, validate
from rag.guard.wording import Compiler, Patterns, RawWording, Wording

ORDERS_NAME = "orders.yaml"


@dataclass(frozen=True)
class OrderRules:
    """``allowed``: phrases that read like an order and are none; ``refused``: kinds of wording that never stand."""

    allowed: Patterns
    refused: tuple[Wording, ...]


class _RawOrders(CorpusModel):
    words: dict[str, tuple[str, ...]]
    allowed: tuple[str, ...]
    refused: tuple[RawWording, ...]


def load_order_rules(corpus: Path) -> OrderRules:
    """Read ``corpus/orders.yaml``. Raises ``CorpusErrors`` for a pattern that is no regular expression."""
    document = load_yaml(corpus / ORDERS_NAME)
    raw = validate(_RawOrders, document)
    compiler = Compiler(document, raw.words, {})
    rules = OrderRules(compiler.patterns(raw.allowed, "allowed"), compiler.wordings(raw.refused, "refused"))
    if compiler.errors:
        raise CorpusErrors(compiler.errors)
    return rules
