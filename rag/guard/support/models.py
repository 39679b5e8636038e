"""What a judgement is about and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Evidence:
    """Words a sentence rests on.

    ``names``: what names the document (id, title, publisher, version); a sentence may name its source, and no number
    or name is invented by doing so. ``confirmed``: false where the basis of the section is ``unconfirmed``; a sentence
    that rests on it has to say so.
    """

    text: str
    names: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a sentence: the policy that found it (``numbers``, ``negation`` ...) and the reason."""

    policy: str
    reason: str


@dataclass(frozen=True)
class Judgement:
    """``score``: calibrated support, 0 to 1; ``supported``: no finding, and the score clears the threshold.

    A score below the threshold is itself a finding, of policy ``support``. Where another policy has refused the
    sentence already, the score is a lower bound: nearness in meaning is not computed.
    """

    supported: bool
    score: float
    findings: tuple[Finding, ...] = ()

    @property
    def reason(self) -> str | None:
        """The first finding in words, or ``None`` for a supported sentence."""
        return self.findings[0].reason if self.findings else None


class Entailment(Protocol):
    """An optional model that reads premise and hypothesis (NLI, or a cross-encoder trained for support)."""

    @property
    def name(self) -> str: ...

    def entails(self, premise: str, hypothesis: str) -> float:
        """Probability, 0 to 1, that ``premise`` entails ``hypothesis``."""
