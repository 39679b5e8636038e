"""A judgement as lines for eyes, and as JSON for programs."""

from __future__ import annotations

import textwrap

from pydantic import TypeAdapter

from app.given_pairs import GivenPair
from rag.article.words import clean
from rag.guard.support.models import Judgement

WIDTH = 100

_ADAPTER = TypeAdapter(Judgement)


def judgement_json(judgement: Judgement, *, indent: int | None = None) -> str:
    return _ADAPTER.dump_json(judgement, indent=indent).decode()


def judgement_words(pair: GivenPair, judgement: Judgement) -> str:
    """The decision and the score, then every finding with its policy; a pair of a file opens with line and claim."""
    decision = f"{'supported' if judgement.supported else 'not supported'}, score {judgement.score:.2f}"
    findings = [_wrapped(f"- {one.policy}: {one.reason}") for one in judgement.findings]
    if pair.line is None:
        return "\n".join((decision, *findings))
    return "\n".join((f"line {pair.line}: {decision}", _wrapped(pair.claim), *findings))


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(clean(text).split()), WIDTH, initial_indent="  ", subsequent_indent="    ")
