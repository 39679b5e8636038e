"""Facts in labelled data: each has to be one the vocabulary knows, with a value it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.errors import CorpusError
from ingest.strict_yaml import YamlDocument
from rag.case.facts_file import FactsError, read_facts
from rag.knowledge.library import Knowledge

#: Keys and positions that lead to a place in a YAML file.
Place = tuple[str | int, ...]


def fact_faults(
    given: Mapping[str, object], yaml: YamlDocument, place: Place, knowledge: Knowledge
) -> Iterator[CorpusError]:
    """A fault, with file and line, for each fact under ``place`` that cannot be read."""
    for name, value in given.items():
        try:
            read_facts({name: value}, knowledge.vocabulary)
        except FactsError as error:
            yield yaml.error((*place, name), str(error), "Correct the fact")
