"""A facts file (JSON or YAML, fact id to value) as a case; every fact is ``structured``."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import CorpusError
from ingest.strict_yaml import load_yaml
from rag.case.models import Case, Fact, Support, in_order, json_value
from rag.criteria.values import FactValueError
from rag.knowledge.fact_values import read_value
from rag.knowledge.vocabulary import Vocabulary


class FactsError(ValueError):
    """A facts file that cannot be read; the message names the fact, what was given and what would do."""


def read_facts_file(file: Path, vocabulary: Vocabulary) -> Case:
    """Read one file. JSON is read as the YAML it also is. Raises ``FactsError``."""
    try:
        document = load_yaml(file)
    except CorpusError as error:
        raise FactsError(str(error)) from None
    if not isinstance(document.data, Mapping):
        raise FactsError(f'{file}: expected a mapping of fact ids to values, such as {{diagnosis.code: ["M00.0"]}}.')
    try:
        return read_facts(document.data, vocabulary)
    except FactsError as error:
        raise FactsError(f"{file}: {error}") from None


def read_facts(given: Mapping[str, object], vocabulary: Vocabulary) -> Case:
    """A case from fact ids and values. ``None`` means unknown and gives no fact. Raises ``FactsError``."""
    facts = [fact for name, value in given.items() if (fact := _fact(str(name), value, vocabulary)) is not None]
    return Case(facts=in_order(facts, vocabulary.order))


def _fact(name: str, given: object, vocabulary: Vocabulary) -> Fact | None:
    spec = vocabulary.facts.get(name)
    if spec is None:
        raise FactsError(f"unknown fact {name!r}. {_suggestion(name, vocabulary)}")
    try:
        value = json_value(read_value(given, spec))
    except FactValueError as error:
        raise FactsError(f"fact {name!r}: {error}.") from None
    return None if value is None else Fact(id=name, value=value, support=Support.STRUCTURED, source="facts")


def _suggestion(name: str, vocabulary: Vocabulary) -> str:
    close = difflib.get_close_matches(name, vocabulary.facts, n=3, cutoff=0.5)
    if not close:
        close = [known for known in vocabulary.facts if known.split(".")[-1] == name.split(".")[-1]][:3]
    if close:
        return f"Did you mean {' or '.join(close)}?"
    groups = dict.fromkeys(known.split(".")[0] for known in vocabulary.facts)
    return f"Facts begin with one of: {', '.join(groups)}; the vocabulary lists them."
