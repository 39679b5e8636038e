"""The judgement: every policy is asked, and the score; one finding is enough to refuse a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.encoder import Encoder
from rag.guard.support.additions import additions, foreign
from rag.guard.support.code_places import code_places
from rag.guard.support.contrasts import contrasts
from rag.guard.support.entailment import entailment
from rag.guard.support.features import features
from rag.guard.support.grounds import Grounds, carriers, grounds, stands_verbatim
from rag.guard.support.labels import labels
from rag.guard.support.marks import marks
from rag.guard.support.modality import modality, unconfirmed
from rag.guard.support.models import Entailment, Evidence, Finding, Judgement
from rag.guard.support.names import names
from rag.guard.support.negation import negation
from rag.guard.support.numbers import numbers
from rag.guard.support.opposites import opposites
from rag.guard.support.patterns import words_pattern
from rag.guard.support.prefixes import prefixes
from rag.guard.support.quantifiers import quantifiers
from rag.guard.support.reading import Reading, Sentence, read
from rag.guard.support.rules import SupportRules
from rag.guard.support.score import score, support
from rag.guard.support.similarity import Similarities, texts_of

Policy = Callable[[Reading, Grounds, SupportRules], Iterator[Finding]]

#: In the order their reasons are given: what a reader can check at a glance comes first.
POLICIES: tuple[Policy, ...] = (
    numbers,
    negation,
    prefixes,
    contrasts,
    opposites,
    modality,
    names,
    code_places,
    labels,
    quantifiers,
    additions,
    foreign,
    marks,
)


@dataclass(frozen=True, eq=False)
class _Pair:
    """A claim and its evidence, read once."""

    claim: Reading
    evidence: Grounds

    @cached_property
    def carrying(self) -> list[Sentence]:
        return carriers(self.claim, self.evidence.sentences, self.evidence.names.keys)

    @cached_property
    def verbatim(self) -> bool:
        return stands_verbatim(self.claim, self.evidence)


class Judge:
    """Whether passages support a sentence. The same question has the same answer, whatever was asked before.

    ``names``: payers, aliases and publishers, as written; a sentence may name one only where its evidence does.
    ``entailment``: a model that is asked as well; it can refuse a sentence and never saves one.
    """

    def __init__(
        self,
        rules: SupportRules,
        *,
        encoder: Encoder,
        entailment: Entailment | None = None,
        names: frozenset[str] = frozenset(),
    ) -> None:
        known = re.compile(words_pattern(names)) if names else None
        self._rules = replace(rules, names=replace(rules.names, known=known))
        self._similarities = Similarities(encoder)
        self._entailment = entailment

    def judge(self, claim: str, evidence: Sequence[Evidence]) -> Judgement:
        """The evidence supports the claim together, as when a sentence cites two passages."""
        return self.judge_all([(claim, evidence)])[0]

    def judge_all(self, claims: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        """The same for many claims, with all texts encoded in one go.

        A sentence that a policy refuses is not encoded: its score leaves nearness in meaning out, and is a lower bound.
        """
        pairs = [self._pair(claim, evidence) for claim, evidence in claims]
        refused = [self._refusals(pair) for pair in pairs]
        self._encode(pair for pair, findings in zip(pairs, refused, strict=True) if not findings)
        return [self._judgement(pair, findings) for pair, findings in zip(pairs, refused, strict=True)]

    def values(self, claim: str, evidence: Sequence[Evidence]) -> list[float]:
        """What the score is made of, in the order of ``features.NAMES``; for calibration."""
        pair = self._pair(claim, evidence)
        return self._values(pair, self._similarity(pair))

    def refusals(self, claim: str, evidence: Sequence[Evidence]) -> tuple[Finding, ...]:
        """What the policies find that look at words, without the score and the model."""
        return self._refusals(self._pair(claim, evidence))

    def _pair(self, claim: str, evidence: Sequence[Evidence]) -> _Pair:
        return _Pair(read(claim, self._rules), grounds(evidence, self._rules))

    def _refusals(self, pair: _Pair) -> tuple[Finding, ...]:
        if pair.verbatim:
            return tuple(unconfirmed(pair.claim, pair.evidence, self._rules))
        return tuple(found for policy in POLICIES for found in policy(pair.claim, pair.evidence, self._rules))

    def _judgement(self, pair: _Pair, findings: tuple[Finding, ...]) -> Judgement:
        if pair.verbatim:
            return Judgement(not findings, 1.0, findings)
        similarity = 0.0 if findings else self._similarity(pair)
        found = score(self._values(pair, similarity)) if pair.carrying else 0.0
        weak = support(found)
        refused = entailment(pair.claim, pair.carrying, self._entailment) if self._entailment else None
        findings += tuple(one for one in (weak, refused) if one is not None)
        return Judgement(not findings, found, findings)

    def _encode(self, pairs: Iterable[_Pair]) -> None:
        wanted = [pair for pair in pairs if pair.carrying and not pair.verbatim]
        self._similarities.prepare(text for pair in wanted for text in texts_of(pair.claim, pair.carrying))

    def _similarity(self, pair: _Pair) -> float:
        return self._similarities.between(*texts_of(pair.claim, pair.carrying)) if pair.carrying else 0.0

    def _values(self, pair: _Pair, similarity: float) -> list[float]:
        return features(pair.claim, pair.evidence, pair.carrying, similarity)
