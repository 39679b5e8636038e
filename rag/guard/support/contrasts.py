"""What a source only names to set it apart ("by the editors and not by the authors") is not what it says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from rag.guard.support.denials import FARTHEST, denials
from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.reading import Reading, Sentence, Word
from rag.guard.support.rules import SupportRules

POLICY = "negation"


def contrasts(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each word that the claim affirms and its source has in contrasts alone."""
    apart = frozenset(word.key for sentence in evidence.sentences for word in _apart(sentence, rules))
    if not apart:
        return
    said = frozenset(
        word.key for sentence in evidence.sentences for word in sentence.content if word not in _apart(sentence, rules)
    )
    for sentence in claim.sentences:
        own, denied = _apart(sentence, rules), denials(sentence, rules.negation)
        for word in sentence.content:
            if word.key in apart - said and word not in own and not denied.covers(word.start):
                name = sentence.text[word.start : word.end]
                yield Finding(POLICY, f"what it cites sets “{name}” apart, it affirms it")


@lru_cache(maxsize=4096)
def _apart(sentence: Sentence, rules: SupportRules) -> frozenset[Word]:
    text = sentence.text[: sentence.end]
    found: set[Word] = set()
    for contrast in rules.negation.contrast.finditer(text, sentence.start):
        border = rules.negation.end.search(text, contrast.end(), contrast.end() + FARTHEST)
        end = border.start() if border else sentence.end
        first = bisect_left(sentence.word_starts, contrast.end())
        words = sentence.words[first : first + rules.negation.contrast_reach]
        found |= {word for word in words if word.content and word.start < end}
    return frozenset(found)
