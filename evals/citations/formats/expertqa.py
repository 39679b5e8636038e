"""ExpertQA: sentences of model answers, each judged against its citations by an expert of the field.

Used are sentences whose citations carry text and that were judged ``Complete`` (supported), ``Partial`` or
``Incomplete`` (not supported). Where a citation is an address alone, the expert read a page that is not in the file.
Markers such as ``[3]`` are taken out of the sentence, numbers and addresses off the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evals.citations.formats.reading import PublicRow, read_json_lines
from evals.citations.halves import place
from evals.citations.pair import Pair, Unplaced
from ingest.front_matter import Text

SUPPORT = {"Complete": True, "Partial": False, "Incomplete": False}

_MARKER = re.compile(r"\s*\[\d+\]")
_HEADER = re.compile(r"\[\d+\]\s*(?P<address>\S+)\s*")


class ExpertClaim(PublicRow):
    claim_string: str
    evidence: list[str]
    support: str | None


class ModelAnswer(PublicRow):
    claims: list[ExpertClaim]


class ExpertqaRow(PublicRow):
    question: Text
    answers: dict[str, ModelAnswer]


def read_expertqa(file: Path) -> tuple[Pair, ...]:
    """Raises PairsError."""
    return place([pair for line, row in read_json_lines(ExpertqaRow, file) for pair in _pairs(line, row)])


def _pairs(line: int, row: ExpertqaRow) -> Iterator[Unplaced]:
    for writer, answer in row.answers.items():
        for number, claim in enumerate(answer.claims, 1):
            citations = [_citation(text) for text in claim.evidence]
            words = _MARKER.sub("", claim.claim_string).strip()
            if claim.support in SUPPORT and words and citations and all(text for _, text in citations):
                yield Unplaced(
                    id=f"{line}-{writer}-{number}",
                    claim=words,
                    passage="\n".join(text for _, text in citations),
                    supported=SUPPORT[claim.support],
                    kind=claim.support,
                    documents=(row.question, *(address for address, _ in citations if address)),
                )


def _citation(evidence: str) -> tuple[str, str]:
    """Address and text; either may be empty."""
    match = _HEADER.match(evidence)
    return (match["address"], evidence[match.end() :].strip()) if match else ("", evidence.strip())
