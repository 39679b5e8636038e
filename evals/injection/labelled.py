"""Facts as labels write them, in the form they are seen in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from evals.injection.seen import FactValue, fact_value
from ingest.documents import corpus_root
from rag.case.facts_file import read_facts
from rag.knowledge.vocabulary import Vocabulary, load_vocabulary


def labelled(facts: Mapping[str, object]) -> frozenset[FactValue]:
    """With intervals and units as they are read out of a text."""
    return frozenset(map(fact_value, read_facts(facts, _vocabulary()).facts))


@lru_cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary(corpus_root())
