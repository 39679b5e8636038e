"""An answer as one reader gets it, beside the clinician's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evals.audience.request import Request
from rag.article.models import Answer, Audience, Claim, ClaimBasis
from rag.knowledge.library import Knowledge


@dataclass(frozen=True)
class Label:
    """A request and the reader it is answered for."""

    request: Request
    audience: Audience
    knowledge: Knowledge

    @property
    def plain(self) -> bool:
        """Whether the reader is to be given plain words."""
        return self.audience is Audience.PATIENT


@dataclass(frozen=True)
class Worded:
    """``exact``: the clinician's article. ``answer``: the reader's; None where a method writes no article.

    ``text``: all sentences the reader is given, one after the other.
    """

    exact: Answer
    answer: Answer | None
    text: str


def worded(exact: Answer, answer: Answer) -> Worded:
    return Worded(exact, answer, " ".join(all_words(answer)))


def all_words(answer: Answer) -> Iterator[str]:
    """Sentence by sentence, as the page shows them."""
    if answer.verdict:
        yield answer.verdict.headline
        yield answer.verdict.basis
    yield from (claim.text for claim in claims_of(answer))
    yield from _around(answer)


def own_words(answer: Answer) -> Iterator[str]:
    """The same without sentences taken from a source or from the record: those are the same for every reader."""
    if answer.verdict:
        yield answer.verdict.headline
        yield answer.verdict.basis
    yield from (claim.text for claim in checks(answer))
    yield from _around(answer)


def claims_of(answer: Answer) -> list[Claim]:
    return [claim for section in answer.sections for claim in section.claims]


def checks(answer: Answer) -> list[Claim]:
    """Sentences of the criteria check itself."""
    return [claim for claim in claims_of(answer) if claim.basis is ClaimBasis.CHECK]


def _around(answer: Answer) -> Iterator[str]:
    yield from answer.follow_ups
    yield from answer.limitations
    yield answer.disclaimer
