"""The labels of facts and criteria: words of the corpus that stand in no document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rag.criteria.policy import Criterion, Policy
from rag.criteria.rules import AllOf, AnyOf, AtLeast, Not, Part, Rule
from rag.knowledge.vocabulary import Vocabulary


def labels_of(vocabulary: Vocabulary, policies: Iterable[Policy]) -> Iterator[str]:
    """Every label, those of parts included; a label may come more than once."""
    yield from (fact.label for fact in vocabulary.facts.values())
    for policy in policies:
        yield from (label for version in policy.versions for c in version.criteria for label in _of_criterion(c))


def _of_criterion(criterion: Criterion) -> Iterator[str]:
    yield criterion.label
    if criterion.exception is not None:
        yield criterion.exception.label
    yield from _of_parts(criterion.rule)


def _of_parts(rule: Rule) -> Iterator[str]:
    match rule:
        case Part(label=label, rule=inner):
            yield label
            yield from _of_parts(inner)
        case AllOf(of=rules) | AnyOf(of=rules) | AtLeast(of=rules):
            for inner in rules:
                yield from _of_parts(inner)
        case Not(rule=inner):
            yield from _of_parts(inner)
        case _:
            return
