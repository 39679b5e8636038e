"""A sentence denies what its source denies, and affirms what its source affirms."""

from __future__ import annotations

from collections.abc import Iterator

from rag.guard.support.clauses import Clause, clauses, whole
from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.reading import Reading, Sentence
from rag.guard.support.rules import SupportRules

POLICY = "negation"
#: Words a clause of the claim shares with a clause of its source before the two are taken to say the same thing.
SHARED = 2
#: Clauses that share at least this part of what the most similar one shares may be what the claim says as well.
ALIKE = 0.7


def negation(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each clause that denies where the most similar words of the source affirm, or the reverse."""
    for sentence in claim.sentences:
        for clause in clauses(sentence, rules.negation):
            if _is_turned(clause, sentence, evidence, rules):
                said = sentence.text[clause.start : clause.end].strip(" ,;:.")
                yield Finding(POLICY, f"“{said}” {_turn(clause)}")


def _turn(clause: Clause) -> str:
    return "denies what its source does not" if clause.denies else "does not deny what its source denies"


def _is_turned(clause: Clause, said: Sentence, evidence: Grounds, rules: SupportRules) -> bool:
    wanted = clause.keys - evidence.names.keys
    ranked = [
        (len(wanted & other.keys), other, sentence)
        for sentence in evidence.sentences
        for other in clauses(sentence, rules.negation)
    ]
    most = max((shared for shared, _, _ in ranked), default=0)
    if not most or most < min(SHARED, len(wanted)):
        return clause.denies and _nothing_denied(said, evidence, rules)
    alike = [(other, sentence) for shared, other, sentence in ranked if shared >= ALIKE * most]
    if any(clause.denies == other.denies or other.listed for other, _ in alike):
        return False
    around = whole(said, rules.negation)
    return not any(_agree(around, whole(sentence, rules.negation)) for _, sentence in alike)


def _nothing_denied(said: Sentence, evidence: Grounds, rules: SupportRules) -> bool:
    """A denial in words the source does not have: nothing in the sentences nearest to the claim denies anything."""
    wanted = said.keys - evidence.names.keys
    shared = [(len(wanted & sentence.keys), sentence) for sentence in evidence.sentences]
    most = max((count for count, _ in shared), default=0)
    near = [whole(sentence, rules.negation) for count, sentence in shared if count >= max(ALIKE * most, 1)]
    return most >= SHARED and not any(one.denials for one in near)


def _agree(claim: Clause, source: Clause) -> bool:
    """Whole sentences: both affirm, or both deny something; a source that denies twice affirms nothing as a whole."""
    return claim.denies == source.denies and bool(claim.denials) == bool(source.denials)
