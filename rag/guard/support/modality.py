"""A sentence is no surer, no stricter and no more general than what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.guard.support.clauses import clauses
from rag.guard.support.denials import denials
from rag.guard.support.grounds import Grounds, carriers
from rag.guard.support.models import Finding
from rag.guard.support.places import place
from rag.guard.support.reading import Reading, Sentence
from rag.guard.support.rules import SupportRules, Wording

POLICY = "modality"
#: A reserve of the source concerns the claim when at least this share of the words around it stand in the claim.
CONCERNED = 0.34
#: Words of a source's sentence the claim takes up, at least, for the reserves of that sentence to matter to it.
TAKEN_UP = 2


def modality(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    carrying = carriers(claim, evidence.sentences, evidence.names.keys) or list(evidence.sentences)
    yield from unconfirmed(claim, evidence, rules)
    yield from _too_strict(claim, carrying, rules)
    for reserve in rules.modality.reserves:
        yield from dropped(reserve, claim, carrying, rules, policy=POLICY)
    for added in rules.modality.added:
        yield from _added(added, claim, carrying, rules)


def unconfirmed(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """The claim rests on words that are not confirmed, and does not say so."""
    sure = {item.text for item in evidence.items if item.confirmed}
    carrying = carriers(claim, evidence.sentences, evidence.names.keys)
    rests = not sure or any(sentence.text not in sure for sentence in carrying)
    if evidence.items and rests and not rules.modality.says_unconfirmed.search(claim.text):
        yield Finding(POLICY, "it does not say that what it cites is not confirmed")


def _too_strict(claim: Reading, carrying: list[Sentence], rules: SupportRules) -> Iterator[Finding]:
    strong = next(_affirmed(rules.modality.strong, claim, rules), None)
    if strong is None or _occurs(rules.modality.strong_in_passage, carrying):
        return
    if _occurs(rules.modality.weak_in_passage, carrying):
        yield Finding(POLICY, f"“{strong}” is stronger than what it cites")


def dropped(
    reserve: Wording, claim: Reading, carrying: list[Sentence], rules: SupportRules, *, policy: str
) -> Iterator[Finding]:
    """The source says it with a reserve (or of a part), the claim without."""
    if reserve.kept.search(claim.text):
        return
    for sentence in carrying:
        places = _places(reserve.said, sentence)
        found = next((one for one in places if _concerns(one, sentence, claim, rules)), None)
        if found is not None:
            yield Finding(policy, f"it leaves out “{found[0]}” ({reserve.name}) of what it cites")
            return


def _places(pattern: re.Pattern[str], sentence: Sentence) -> Iterator[re.Match[str]]:
    bounds = [amount.said for amount in sentence.amounts]
    for found in pattern.finditer(sentence.text[: sentence.end], sentence.start):
        if not any(start <= found.start() < end for start, end in bounds):
            yield found


def _concerns(found: re.Match[str], sentence: Sentence, claim: Reading, rules: SupportRules) -> bool:
    """Whether the claim takes up the words around the reserve, in its clause."""
    spans = [(one.start, one.end) for one in clauses(sentence, rules.negation) if one.start <= found.start() < one.end]
    span = spans[0] if spans else (sentence.start, sentence.end)
    if sentence.text[span[1] : span[1] + 1] == ":":
        # "Reported, not confirmed here: ..." is meant for all that follows.
        return bool(sentence.keys & claim.keys)
    around = place(sentence, *found.span(), within=span)
    near = {*around.before, *around.after}
    enough = len(sentence.keys & claim.keys) >= min(TAKEN_UP, len(claim.keys))
    return enough and (not near or len(near & claim.keys) >= CONCERNED * len(near))


def _added(added: Wording, claim: Reading, carrying: list[Sentence], rules: SupportRules) -> Iterator[Finding]:
    said = next(_affirmed(added.said, claim, rules), None)
    if said is not None and not any(_is_affirmed(added.kept, sentence, rules) for sentence in carrying):
        yield Finding(POLICY, f"“{said}” ({added.name}) is more than what it cites says")


def _affirmed(pattern: re.Pattern[str], claim: Reading, rules: SupportRules) -> Iterator[str]:
    """Words of the claim that fit, but for those it denies."""
    for sentence in claim.sentences:
        denied = denials(sentence, rules.negation)
        for found in _places(pattern, sentence):
            if not denied.covers(found.start()):
                yield found[0]


def _is_affirmed(pattern: re.Pattern[str], sentence: Sentence, rules: SupportRules) -> bool:
    """Whether the source uses such a word itself: "no proof of cause" is none."""
    denied = denials(sentence, rules.negation)
    found = pattern.finditer(sentence.text[: sentence.end], sentence.start)
    return any(not denied.covers(one.start()) for one in found)


def _occurs(pattern: re.Pattern[str], carrying: list[Sentence]) -> bool:
    return any(pattern.search(sentence.text[: sentence.end], sentence.start) for sentence in carrying)
