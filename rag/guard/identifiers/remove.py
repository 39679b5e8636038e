"""Identifiers out of a text: first what its form or label tells, then names, places and organisations."""

from __future__ import annotations

from collections.abc import Iterator

from rag.guard.identifiers.models import Kind, Scrubbed
from rag.guard.identifiers.names import NameFinder
from rag.guard.identifiers.rules import IdentifierPattern, IdentifierRules
from rag.guard.identifiers.working import Span, WorkingText

_BY_WORDS: tuple[Kind, ...] = ("organisation", "place", "name")


def remove_identifiers(text: str, rules: IdentifierRules) -> Scrubbed:
    """The text with a placeholder for each identifier.

    Goes on until nothing more is found, for what is gone may uncover a neighbour: scrubbing the result changes nothing.
    When torn it removes. Characters without width are dropped.
    """
    working = WorkingText(text)
    names = NameFinder(rules)
    while _one_pass(working, rules, names):
        pass
    return working.finish()


def _one_pass(working: WorkingText, rules: IdentifierRules, names: NameFinder) -> bool:
    found = [working.remove(item.kind, _spans(item, working.text)) for item in rules.patterns]
    found += [working.remove(kind, names.find(kind, working.text)) for kind in _BY_WORDS]
    return any(found)


def _spans(item: IdentifierPattern, text: str) -> Iterator[Span]:
    group: str | int = "gone" if "gone" in item.pattern.groupindex else 0
    for match in item.pattern.finditer(text):
        start, end = match.span(group)
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            yield start, end
