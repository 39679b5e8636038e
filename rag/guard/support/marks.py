"""Small words that decide what a sentence says: each needs one of its kind, at a like place, in what is cited.

Denials, quantifiers, hedges, and words of time, condition and cause turn a sentence round without adding a word of
content, so that no count of shared words sees them. Their kinds are listed; which words they stand beside is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.guard.support.grounds import Grounds, carriers
from rag.guard.support.models import Finding
from rag.guard.support.places import Place, place
from rag.guard.support.reading import Reading, Sentence
from rag.guard.support.rules import Mark, SupportRules

POLICY = "marks"


def marks(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each mark of the claim without a counterpart, and for each the claim leaves out."""
    carrying = carriers(claim, evidence.sentences, evidence.names.keys) or list(evidence.sentences)
    for kind in rules.marks:
        said = [found for sentence in claim.sentences for found in _places(sentence, kind, kind.said)]
        cited = [found for sentence in evidence.sentences for found in _places(sentence, kind, kind.counterpart)]
        for one in _without_counterpart(said, cited, kind):
            yield Finding(POLICY, f"“{_words(one)}” ({kind.name}) does not stand so in what it cites")
        if kind.kept:
            yield from _left_out(claim, carrying, kind)


def _without_counterpart(said: Sequence[Place], cited: Sequence[Place], kind: Mark) -> Iterator[Place]:
    """Where a kind is counted, a counterpart serves once: two denials are not one."""
    free = list(cited)
    for one in said:
        found = next((other for other in free if _alike(one, other, kind)), None)
        if found is None:
            yield one
        elif kind.counted:
            free.remove(found)


def _left_out(claim: Reading, carrying: Sequence[Sentence], kind: Mark) -> Iterator[Finding]:
    said = [found for sentence in claim.sentences for found in _places(sentence, kind, kind.counterpart)]
    for one in (found for sentence in carrying for found in _places(sentence, kind, kind.said)):
        unsaid = kind.counted and not said and _touches(one, claim)
        if unsaid or (_governs(one, claim) and not any(_alike(other, one, kind) for other in said)):
            yield Finding(POLICY, f"it leaves out “{_words(one)}” ({kind.name}) of what it cites")


def _governs(one: Place, claim: Reading) -> bool:
    """Whether the claim takes up a word the mark stands before, or all of those it stands after."""
    before = set(one.before[:2])
    return bool(set(one.after[:2]) & claim.keys) or (len(before) > 1 and before <= claim.keys)


def _touches(one: Place, claim: Reading) -> bool:
    """Whether the claim takes up any word beside the mark."""
    return bool({*one.before, *one.after} & claim.keys)


def _alike(one: Place, other: Place, kind: Mark) -> bool:
    if not kind.beside:
        return True
    if kind.sided and one.after:
        return bool({*one.after} & {*other.after})
    near, there = {*one.before[:2], *one.after}, {*other.before, *other.after}
    return bool(near & there) or not near


@lru_cache(maxsize=32768)
def _places(sentence: Sentence, kind: Mark, pattern: re.Pattern[str]) -> tuple[Place, ...]:
    bounds = [amount.said for amount in sentence.amounts if kind.beside]
    harmless = [found.span() for found in kind.harmless.finditer(sentence.text[: sentence.end], sentence.start)]
    return tuple(
        place(sentence, *found.span())
        for found in pattern.finditer(sentence.text[: sentence.end], sentence.start)
        if not any(low <= found.start() < high for low, high in (*bounds, *harmless))
    )


def _words(one: Place) -> str:
    return one.sentence.text[one.start : one.end]
