"""How many, and which: all, any, some, most, only, both, at least one; and, or."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from rag.guard.support.denials import denials
from rag.guard.support.grounds import Grounds, carriers
from rag.guard.support.modality import dropped
from rag.guard.support.models import Finding
from rag.guard.support.reading import Reading, Sentence, Word
from rag.guard.support.rules import SupportRules

POLICY = "quantifiers"
_JOIN = re.compile(r"(?<!\w)(?:and/or|and|or)(?!\w)", re.IGNORECASE)
_COMMA = re.compile(r",\s*")
#: Words after "and" or "or" that it may join: adjectives stand before their noun.
JOINED = 3


def quantifiers(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    carrying = carriers(claim, evidence.sentences, evidence.names.keys) or list(evidence.sentences)
    for rule in rules.quantifiers:
        said = next(_said(rule.said, claim, rules), None)
        if said is not None and not any(rule.kept.search(item.text) for item in evidence.items):
            yield Finding(POLICY, f"“{said}” is not said in what it cites")
    for restriction in rules.restrictions:
        yield from dropped(restriction, claim, carrying, rules, policy=POLICY)
    yield from _joined_otherwise(claim, carrying)


def _said(pattern: re.Pattern[str], claim: Reading, rules: SupportRules) -> Iterator[str]:
    """Words that fit, but for those that bound a number and those that are denied, which are other policies' matter."""
    bounds = [amount.said for amount in claim.amounts]
    for sentence in claim.sentences:
        denied = denials(sentence, rules.negation)
        for found in pattern.finditer(sentence.text[: sentence.end], sentence.start):
            if not denied.covers(found.start()) and not any(low <= found.start() < high for low, high in bounds):
                yield found[0]


def _joined_otherwise(claim: Reading, carrying: list[Sentence]) -> Iterator[Finding]:
    """ "relief or function" is not "relief and function"."""
    known: dict[frozenset[str], set[str]] = {}
    for pair, join in _joins(carrying):
        known.setdefault(pair, set()).add(join)
    for pair, join in _joins(claim.sentences):
        if pair in known and join not in known[pair] and "and/or" not in known[pair]:
            yield Finding(POLICY, f"it joins with “{join}” what its source joins with “{min(known[pair])}”")


def _joins(sentences: Iterable[Sentence]) -> Iterator[tuple[frozenset[str], str]]:
    """The word before each "and" or "or", with each of the next words."""
    for sentence in sentences:
        for join in _JOIN.finditer(sentence.text[: sentence.end], sentence.start):
            after = [word for word in sentence.content if word.start >= join.end()][:JOINED]
            listed = list(_listed(sentence, join.start()))
            for one, other in (*product(listed, after), *combinations(listed, 2)):
                if one.key != other.key:
                    yield frozenset({one.key, other.key}), join[0].lower()


def _listed(sentence: Sentence, end: int) -> Iterator[Word]:
    """The word before ``end``, and in "a, b or c" those before the commas of the list."""
    words = [word for word in sentence.content if word.end <= end]
    for word, following in zip(reversed(words), [None, *reversed(words)], strict=False):
        if following is not None and not _COMMA.fullmatch(sentence.text, word.end, following.start):
            return
        yield word
