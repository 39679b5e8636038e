"""Words in common: a fact is true where most words of its label stand in one sentence; of a quantity, its number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.facts.reading import Stated, Values
from evals.frame.metric import Item
from rag.case.facts_file import FactsError, read_facts
from rag.case.models import Case
from rag.case.values import resolve
from rag.criteria.policy import FactSpec
from rag.criteria.values import Value
from rag.knowledge.library import Knowledge
from rag.retrieval.tokens import tokenize

#: Share of a label's words that must stand in the sentence.
ENOUGH = 0.5

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:\s*(?:%|days?|weeks?|months?|years?))?")


class Spotting:
    def __init__(self, knowledge: Knowledge) -> None:
        self._vocabulary = knowledge.vocabulary
        self._labels = {name: set(tokenize(spec.label)) for name, spec in knowledge.vocabulary.facts.items()}

    def __call__(self, item: Item[Stated]) -> Values:
        found: dict[str, Value] = {}
        for sentence in _SENTENCE.split(item.text):
            for name, value in self._spotted(sentence):
                found.setdefault(name, value)
        return found

    def _spotted(self, sentence: str) -> Iterator[tuple[str, Value]]:
        words = set(tokenize(sentence))
        for name, label in self._labels.items():
            if label and len(label & words) / len(label) > ENOUGH:
                value = self._value(self._vocabulary.facts[name], sentence)
                if value is not None:
                    yield name, value

    def _value(self, spec: FactSpec, sentence: str) -> Value | None:
        """What the vocabulary takes; a number of another kind is no value."""
        number = _NUMBER.search(sentence)
        choice = next((one for one in spec.choices if one in sentence.lower()), None)
        given = True if spec.type == "boolean" else choice or (number[0] if number else None)
        if spec.type == "codes":
            given = None
        try:
            case = read_facts({spec.id: given}, self._vocabulary)
        except FactsError:
            return None
        return resolve(Case(facts=case.facts), self._vocabulary).get(spec.id)
