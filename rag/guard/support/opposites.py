"""Opposites: where the source says one of a pair, the sentence may not say the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rag.guard.support.denials import denials
from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.places import Place, best_likeness, place
from rag.guard.support.reading import Reading, Sentence
from rag.guard.support.rules import Opposites, SupportRules

POLICY = "negation"
#: A place of the source speaks of the same as the claim's when their surroundings are at least this alike.
#: Below, the source's opposite word may belong to another matter, and only the score judges.
ALIKE = 1.15
#: By how much the surroundings of the source's opposite have to be closer, where it has both words.
MARGIN = 0.2


def opposites(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each word that stands where the source has its opposite."""
    for pair in rules.opposites:
        for sentence in claim.sentences:
            for side, where in sides_in(sentence, pair, rules):
                reason = _problem(side, where, pair, evidence, rules)
                if reason:
                    yield Finding(POLICY, reason)


def _problem(side: int, where: Place, pair: Opposites, evidence: Grounds, rules: SupportRules) -> str | None:
    same: list[Place] = []
    other: list[Place] = []
    for sentence in evidence.sentences:
        for found, there in sides_in(sentence, pair, rules):
            (same if found == side else other).append(there)
    for_it, against = best_likeness(where, same), best_likeness(where, other)
    if not other or against < ALIKE or against <= for_it + MARGIN * bool(same):
        return None
    said = where.sentence.text[where.start : where.end]
    cited = max(other, key=lambda one: (best_likeness(where, [one]), one.sentence.said))
    return f"it says “{said}” where what it cites says “{cited.sentence.text[cited.start : cited.end]}”"


@lru_cache(maxsize=8192)
def sides_in(sentence: Sentence, pair: Opposites, rules: SupportRules) -> tuple[tuple[int, Place], ...]:
    """Each place that has a word of the pair, with the side it says, denials taken into account."""
    text = sentence.text[: sentence.end]
    bounds = [amount.said for amount in sentence.amounts if amount.kind != "ordinal"]
    matches = [
        (number, match)
        for number, pattern in enumerate(pair.sides)
        for match in pattern.finditer(text, sentence.start)
        if not any(start <= match.start() < end for start, end in bounds)
    ]
    if not matches:
        return ()
    denied = denials(sentence, rules.negation)
    return tuple(
        (_side(number, denied.covers(match.start()), pair), place(sentence, *match.span())) for number, match in matches
    )


def _side(number: int, denied: bool, pair: Opposites) -> int:
    return 1 - number if denied and pair.contradictory else number
