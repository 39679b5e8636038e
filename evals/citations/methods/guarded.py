"""The guard as it stands: its own threshold, its own rules, nothing adjusted to the set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.citations.methods.method import Call, Calls
from evals.citations.pair import Pair
from ingest.progress import Progress, silent
from rag.guard.support.models import Evidence, Judgement

EvidenceOf = Callable[[Pair], Evidence]

#: Pairs judged between two reports of progress; texts of so many are encoded together.
STEP = 128


class Judges(Protocol):
    """What the guard does with claims and what they cite."""

    def judge_all(self, claims: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Judgement]: ...


def plain_evidence(pair: Pair) -> Evidence:
    return Evidence(pair.passage)


@dataclass(frozen=True)
class Guarded:
    name: str
    guard: Judges
    evidence_of: EvidenceOf = plain_evidence
    progress: Progress = silent

    def judge(self, pairs: Sequence[Pair], *, calibrate: Sequence[Pair]) -> Calls:
        calls: list[Call] = []
        for start in range(0, len(pairs), STEP):
            self.progress(start, len(pairs), f"judging with {self.name}")
            asked = [(pair.claim, [self.evidence_of(pair)]) for pair in pairs[start : start + STEP]]
            calls.extend(self._calls(pairs[start : start + STEP], asked))
        self.progress(len(pairs), len(pairs), f"judging with {self.name}")
        return Calls(tuple(calls))

    def _calls(self, pairs: Sequence[Pair], asked: Sequence[tuple[str, Sequence[Evidence]]]) -> list[Call]:
        """Where the guard breaks, each pair is asked for alone: one it breaks on is not to take others with it."""
        try:
            return list(map(_call, self.guard.judge_all(asked)))
        except Exception as error:
            if len(pairs) == 1:
                return [broken(pairs[0], error)]
        return [call for pair, one in zip(pairs, asked, strict=True) for call in self._calls([pair], [one])]


def broken(pair: Pair, error: Exception) -> Call:
    """The wrong answer, whichever that is: a guard that breaks has not judged rightly."""
    return Call(not pair.supported, float(not pair.supported), (f"it broke: {type(error).__name__}: {error}",))


def _call(judgement: Judgement) -> Call:
    found = tuple(f"{finding.policy}: {finding.reason}" for finding in judgement.findings)
    return Call(judgement.supported, judgement.score, found)
