"""Judging pairs one after the other; each judgement is printed when it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import typer

from app.faults import BAD_USAGE, FAULT
from app.given_pairs import GivenPair
from app.judgement_view import judgement_json, judgement_words
from app.output import note, print_json
from ingest.errors import CorpusError
from rag.guard.support.models import Evidence, Judgement


class Verifier(Protocol):
    """What the guard does with a sentence and all it cites."""

    def judge(self, claim: str, evidence: Sequence[Evidence]) -> Judgement: ...


def verify_pair(pair: GivenPair, verifier: Verifier, *, as_json: bool, fail: bool) -> int:
    """Print the judgement; the exit code."""
    judgement = verifier.judge(pair.claim, pair.evidence)
    if as_json:
        print_json(judgement_json(judgement, indent=2))
    else:
        typer.echo(judgement_words(pair, judgement))
    return FAULT if fail and not judgement.supported else 0


def verify_pairs(pairs: Iterable[GivenPair | CorpusError], verifier: Verifier, *, as_json: bool, fail: bool) -> int:
    """Print every judgement; the exit code. A line that is no pair is named on stderr, and the rest is judged.

    As JSON such a line is ``null``, so that the judgements stay in step with the lines that are not blank.
    """
    decisions: list[bool] = []
    faults = 0
    for pair in pairs:
        if isinstance(pair, CorpusError):
            faults += 1
            note(str(pair))
            if as_json:
                print_json("null")
            continue
        judgement = verifier.judge(pair.claim, pair.evidence)
        decisions.append(judgement.supported)
        if as_json:
            print_json(judgement_json(judgement))
        else:
            typer.echo(judgement_words(pair, judgement))
    if not as_json:
        typer.echo(_summary(decisions, faults))
    if faults:
        return BAD_USAGE
    return FAULT if fail and not all(decisions) else 0


def _summary(decisions: Sequence[bool], faults: int) -> str:
    unread = f"; {faults} {'line' if faults == 1 else 'lines'} could not be read" if faults else ""
    return f"{sum(decisions)} of {len(decisions)} supported{unread}."
