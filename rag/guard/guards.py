"""All guards over an article's sentences, whoever wrote them: what fails is removed, with its reason."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.article.draft import DraftClaim, DraftSection
from rag.article.models import ClaimBasis, Verdict
from rag.case.models import Case
from rag.criteria.determination import Determination
from rag.guard.case import case_problem
from rag.guard.citation import citation_problem
from rag.guard.identifiers import PLACEHOLDER
from rag.guard.own_words import own_words
from rag.guard.record import record_evidence
from rag.guard.rules import GuardRules
from rag.guard.scope import scope_problem
from rag.guard.sources import evidence_of
from rag.guard.support.judge import Judge
from rag.guard.support.models import Evidence, Finding
from rag.guard.verdict import headline_problem, verdict_problem
from rag.knowledge.library import Knowledge

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rejection:
    """A sentence that did not pass, and why."""

    section: str
    claim: DraftClaim
    finding: Finding


class GuardError(Exception):
    """A draft that cannot be repaired by taking sentences out."""


class Guards:
    """The guards of one article. ``rejected``: what they took out so far."""

    def __init__(
        self, *, case: Case, determinations: Sequence[Determination] = (), knowledge: Knowledge, judge: Judge
    ) -> None:
        self._case = case
        self._determinations = determinations
        self._knowledge = knowledge
        self._judge = judge
        self._found: dict[DraftClaim, Finding | None] = {}
        self.rejected: list[Rejection] = []

    def problem(self, claim: DraftClaim) -> Finding | None:
        """The first reason why a claim may not stand, or ``None``."""
        self.judge([claim])
        return self._found[claim]

    def judge(self, claims: Iterable[DraftClaim]) -> None:
        """Judge these now: many at once take less time than one by one."""
        new = [claim for claim in dict.fromkeys(claims) if claim not in self._found]
        self._found |= {claim: self._by_rules(claim) for claim in new}
        open_ = [claim for claim in new if self._found[claim] is None and claim.basis is not ClaimBasis.CHECK]
        judgements = self._judge.judge_all([(claim.text, self._evidence(claim)) for claim in open_])
        self._found |= {
            claim: judgement.findings[0]
            for claim, judgement in zip(open_, judgements, strict=True)
            if judgement.findings
        }

    def checked(self, section: DraftSection) -> DraftSection:
        """The section without the sentences that fail."""
        self.judge(section.claims)
        kept = []
        for claim in section.claims:
            finding = self._found[claim]
            if finding is None:
                kept.append(claim)
            else:
                self.rejected.append(Rejection(section.id, claim, finding))
                # A sentence may quote the record, and a reason the sentence: only the policy is logged.
                log.warning("guard removed a sentence of %s: %s", section.id, finding.policy)
        return replace(section, claims=tuple(kept))

    def check_opening(self, section: DraftSection, verdict: Verdict) -> None:
        """Raises ``GuardError`` when the section does not open with the verdict, word for word."""
        first = section.claims[0] if section.claims else None
        if reason := headline_problem(first, verdict):
            raise GuardError(reason)

    def _by_rules(self, claim: DraftClaim) -> Finding | None:
        """Citations, then wording. What the check says is code's; words that stand so in a source are the source's."""
        if found := citation_problem(claim, self._knowledge):
            return found
        rules = self._knowledge.guard_rules
        quoted = bool(claim.sources) and all(claim.text == cited.quote for cited in claim.sources)
        if reason := case_problem(claim, self._case, quoted=quoted, rules=rules.verdicts):
            return Finding("case", reason)
        if reason := verdict_problem(claim, quoted=quoted, rules=rules.verdicts):
            return Finding("verdict", reason)
        return None if quoted or claim.basis is ClaimBasis.CHECK else _own_wording(own_words(claim), rules)

    def _evidence(self, claim: DraftClaim) -> list[Evidence]:
        if claim.basis is ClaimBasis.CASE:
            return record_evidence(claim, self._case, self._knowledge)
        return evidence_of(claim, self._determinations, self._knowledge)


def _own_wording(words: str, rules: GuardRules) -> Finding | None:
    if PLACEHOLDER.search(words):
        return Finding("identifiers", "it speaks of an identifier that was removed")
    reason = scope_problem(words, rules.orders)
    return Finding("scope", reason) if reason else None
