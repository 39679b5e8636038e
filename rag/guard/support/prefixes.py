"""Words that a beginning turns round: "invasive" is not "non-invasive", "controlled" not "uncontrolled"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.guard.support.denials import denials
from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.reading import Reading, Sentence, key_of
from rag.guard.support.rules import SupportRules

POLICY = "negation"


def prefixes(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each word of which the source has only the opposite."""
    turned = frozenset(key for sentence in evidence.sentences for key in _turned(sentence, rules))
    plain = frozenset(key for sentence in evidence.sentences for key in _plain(sentence, rules))
    for sentence in claim.sentences:
        denied = denials(sentence, rules.negation)
        own = _turned(sentence, rules)
        for word in sentence.content:
            if word.key in turned and word.key not in plain | own and not denied.covers(word.start):
                yield Finding(POLICY, f"it says “{sentence.text[word.start : word.end]}”, what it cites the opposite")
        for key in own - turned:
            if key in plain and not _denied_somewhere(key, evidence, rules):
                yield Finding(POLICY, f"it says the opposite of “{key}”, which is in what it cites")


@lru_cache(maxsize=4096)
def _turned(sentence: Sentence, rules: SupportRules) -> frozenset[str]:
    """Keys of the words that stand in the sentence with such a beginning."""
    found = rules.prefixed.finditer(sentence.text[: sentence.end], sentence.start)
    return frozenset(key_of(one["word"], rules) for one in found)


@lru_cache(maxsize=4096)
def _plain(sentence: Sentence, rules: SupportRules) -> frozenset[str]:
    """Keys of the other words: "invasive" does not stand in "non-invasive"."""
    found = {one.start("word") for one in rules.prefixed.finditer(sentence.text[: sentence.end], sentence.start)}
    return frozenset(word.key for word in sentence.content if word.start not in found)


def _denied_somewhere(key: str, evidence: Grounds, rules: SupportRules) -> bool:
    return any(
        denials(sentence, rules.negation).covers(word.start)
        for sentence in evidence.sentences
        for word in sentence.content
        if word.key == key
    )
