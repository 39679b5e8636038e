"""What a method makes of a question, as far as refusals go."""

from __future__ import annotations

from dataclasses import dataclass

from rag.article.models import Answer, Kind


@dataclass(frozen=True)
class Reply:
    """``text``: its sentences. ``citations``: how many it makes. ``decided``: it states a verdict."""

    kind: Kind
    text: str
    citations: int = 0
    decided: bool = False

    @property
    def refuses(self) -> bool:
        return self.kind is Kind.REFUSAL


def reply_of(answer: Answer) -> Reply:
    """Of an answer everything a reader is given to open counts as a citation."""
    claims = [claim for section in answer.sections for claim in section.claims]
    return Reply(
        kind=answer.kind,
        text=" ".join(claim.text for claim in claims),
        citations=len(answer.references) + sum(len(claim.citations) for claim in claims),
        decided=answer.verdict is not None or bool(answer.determinations),
    )
