"""Guards to measure: one that reads numbers, one that is broken, and one that breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evals.citations.pair import Half, Pair
from rag.guard.support.models import Evidence, Finding, Judgement


class NumberGuard:
    """Objects to every number of the claim that does not stand in the evidence."""

    def judge_all(self, claims: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        return [self._judged(claim, evidence) for claim, evidence in claims]

    def _judged(self, claim: str, evidence: Sequence[Evidence]) -> Judgement:
        held = {number for one in evidence for number in re.findall(r"\d+", one.text)}
        missing = [number for number in re.findall(r"\d+", claim) if number not in held]
        findings = tuple(Finding("numbers", f"{number} is not in the passage") for number in missing)
        return Judgement(not findings, 0.9 - 0.2 * len(findings), findings)


class BrokenGuard:
    """Lets everything through."""

    def judge_all(self, claims: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        return [Judgement(True, 1.0) for _ in claims]


class BreakingGuard(NumberGuard):
    """Falls over any claim that holds certain words, and takes the whole batch with it."""

    def __init__(self, words: str) -> None:
        self._words = words

    def judge_all(self, claims: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]:
        if any(self._words in claim for claim, _ in claims):
            raise ZeroDivisionError("no weeks")
        return super().judge_all(claims)


def pair(
    claim: str, passage: str, supported: bool, *, half: Half = "report", kind: str = "k", no: bool = False
) -> Pair:
    """``no``: the passage contradicts the claim. The id is made of claim and half."""
    return Pair(f"{claim} / {half}", claim, passage, supported, kind, half, contradicted=no)


def both_halves() -> tuple[Pair, ...]:
    """In each half four pairs, two of them supported; one contradiction is numeric."""
    rows = [
        ("Relief lasted 3 weeks.", "Relief lasted 3 weeks in most.", True, False),
        ("Sleep improved.", "Sleep improved in all.", True, False),
        ("Relief lasted 9 weeks.", "Relief lasted 3 weeks in most.", False, True),
        ("Fever was common.", "Sleep improved in all.", False, False),
    ]
    halves: tuple[Half, Half] = ("calibrate", "report")
    return tuple(pair(*row[:3], half=half, no=row[3]) for half in halves for row in rows)
