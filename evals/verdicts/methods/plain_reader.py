"""The plain pipeline: the policy's sentences nearest to the record are taken for its demands, and compared by eye.

A demand with a number is met where the record has a number of that unit on the right side of it, and broken where all
its numbers of that unit are on the wrong side. One without a number is met where enough of its words stand in the
record. One broken demand fails the request; all met pass it. How many words are enough is set on the other half.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.frame.metric import Item
from evals.verdicts.asked import Asked
from evals.verdicts.methods.baselines import Wording
from ingest.documents import Document
from ingest.encoder import Encoder
from rag.criteria.determination import Status
from rag.retrieval.tokens import tokenize

#: Sentences read.
K = 5
#: Digits kept of a similarity: what is beyond differs between machines.
DIGITS = 5
#: Shares of words tried when the threshold is set.
SHARES = tuple(step / 10 for step in range(1, 11))

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(%|per cent|days?|weeks?|months?|years?)", re.IGNORECASE)
_AT_MOST = re.compile(r"no more than|at most|within|less than|not older|up to", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;:])\s+")


@dataclass(frozen=True)
class Demands:
    """What the record makes of the sentences read: one broken, and the shares of words of those without numbers."""

    broken: bool
    unknown: bool
    shares: tuple[float, ...]

    def status(self, enough: float) -> str:
        if self.broken:
            return Status.NOT_MET
        met = not self.unknown and all(share >= enough for share in self.shares)
        return Status.MET if met else Status.DOCUMENTATION


class PlainReader:
    def __init__(
        self, items: Sequence[Item[Asked]], documents: Mapping[str, Document], encoder: Encoder, wording: Wording
    ) -> None:
        self._wording = wording
        self._encoder = encoder
        self._read: dict[str, Demands] = {}
        wanted = sorted({item.label.case.policy for item in items})
        self._sentences = {name: _sentences(documents[name]) for name in wanted}
        self._vectors = {name: encoder.encode(sentences) for name, sentences in self._sentences.items()}
        self._enough = {half: self._calibrated(items, half) for half in ("calibrate", "report")}

    def __call__(self, item: Item[Asked]) -> str:
        return self._demands(item).status(self._enough[item.label.case.half])

    def _calibrated(self, items: Sequence[Item[Asked]], half: str) -> float:
        """The share of words under which most cases of the other half are right; of equals the highest."""
        others = [item for item in items if item.label.case.half != half]
        read = [(self._demands(item), item.label.case.status) for item in others]
        return max(SHARES, key=lambda enough: (sum(one.status(enough) == status for one, status in read), enough))

    def nearest(self, item: Item[Asked]) -> list[str]:
        """The sentences of the policy nearest to the record, the nearest first."""
        policy = item.label.case.policy
        near = self._vectors[policy] @ self._encoder.encode([self._wording(item)])[0]
        return [self._sentences[policy][place] for place in np.argsort(-near.round(DIGITS), kind="stable")[:K]]

    def _demands(self, item: Item[Asked]) -> Demands:
        """Read once: the threshold is set on the same demands that later answer."""
        if item.id not in self._read:
            self._read[item.id] = _compare(self.nearest(item), self._wording(item))
        return self._read[item.id]


def _sentences(document: Document) -> list[str]:
    return [part for section in document.sections for part in _SENTENCE.split(section.text) if part.strip()]


def _compare(demands: Sequence[str], record: str) -> Demands:
    words, amounts = set(tokenize(record)), dict(_amounts(record))
    broken = unknown = False
    shares = []
    for demand in demands:
        limits = list(_limits(demand, amounts))
        broken |= any(limit is False for limit in limits)
        unknown |= any(limit is None for limit in limits)
        if not limits:
            asked = set(tokenize(demand))
            shares.append(len(asked & words) / len(asked) if asked else 1.0)
    return Demands(broken, unknown, tuple(shares))


def _limits(demand: str, amounts: Mapping[str, list[float]]) -> Iterator[bool | None]:
    """Of each number of a demand whether the record keeps it; None where the record has no number of its unit."""
    for unit, limits in _amounts(demand):
        for limit in limits:
            given = amounts.get(unit)
            at_most = _AT_MOST.search(demand) is not None
            yield None if not given else any(one <= limit if at_most else one >= limit for one in given)


def _amounts(text: str) -> Iterator[tuple[str, list[float]]]:
    found: dict[str, list[float]] = {}
    for amount, unit in _AMOUNT.findall(text):
        name = "%" if unit.lower() in ("%", "per cent") else unit.lower().rstrip("s")
        found.setdefault(name, []).append(float(amount))
    yield from found.items()
