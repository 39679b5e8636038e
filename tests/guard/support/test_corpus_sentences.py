"""Properties over every sentence of the shipped corpus."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from ingest.documents import corpus_root, load_documents
from rag.article.sentences import sentences
from rag.guard.judging import section_evidence
from rag.guard.support.amounts import Amount
from rag.guard.support.grounds import grounds
from rag.guard.support.judge import POLICIES, Judge
from rag.guard.support.models import Evidence, Finding
from rag.guard.support.numbers import numbers
from rag.guard.support.reading import read
from rag.guard.support.rules import SupportRules


@dataclass(frozen=True)
class Said:
    text: str
    evidence: Evidence
    place: str


def _all() -> list[Said]:
    found = []
    for document in load_documents(corpus_root()).values():
        for section in document.sections:
            evidence = section_evidence(document, section, {})
            for start, end in sentences(section.text):
                found.append(Said(section.text[start:end], evidence, f"{document.id}#{section.anchor}"))
    return found


ALL = _all()


def findings(said: Said, claim: str, rules: SupportRules) -> list[Finding]:
    held = grounds([Evidence(said.evidence.text, said.evidence.names)], rules)
    return [finding for policy in POLICIES for finding in policy(read(claim, rules), held, rules)]


def test_every_sentence_is_supported_by_its_section(judge: Judge) -> None:
    confirmed = [Evidence(said.evidence.text, said.evidence.names) for said in ALL]
    judged = judge.judge_all([(said.text, [evidence]) for said, evidence in zip(ALL, confirmed, strict=True)])
    assert len(ALL) > 400
    assert [said.place for said, one in zip(ALL, judged, strict=True) if not one.supported] == []


def test_no_policy_finds_fault_with_a_sentence_in_its_own_section(rules: SupportRules) -> None:
    wrong = [(said.place, found) for said in ALL if (found := findings(said, said.text, rules))]
    assert wrong == []


def changed(text: str, amount: Amount) -> str | None:
    """The sentence with another figure in this place; ``None`` where it is a word."""
    figure = re.search(r"\d+(?:\.\d+)?", text[amount.start : amount.end])
    if figure is None:
        return None
    other = str(int(figure[0]) + 1) if figure[0].isdigit() else f"{float(figure[0]) + 0.1:.3f}"
    start = amount.start + figure.start()
    return text[:start] + other + text[start + len(figure[0]) :]


def test_any_changed_number_of_any_sentence_is_found(rules: SupportRules) -> None:
    cases = [
        (said, claim) for said in ALL for one in read(said.text, rules).amounts if (claim := changed(said.text, one))
    ]
    assert len(cases) > 300
    assert [claim for said, claim in cases if not findings(said, claim, rules)] == []


OPPOSITES = [
    ("increase", "decrease"),
    ("reduce", "raise"),
    ("higher", "lower"),
    ("before", "after"),
    ("sufficient", "insufficient"),
    ("include", "exclude"),
    ("allow", "bar"),
    ("allows", "bars"),
    ("accepts", "forbids"),
    ("covers", "excludes"),
    ("cervical", "lumbar"),
    ("thoracic", "sacral"),
    ("interlaminar", "transforaminal"),
    ("caudal", "interlaminar"),
    ("initial", "repeat"),
    ("acute", "chronic"),
    ("particulate", "non-particulate"),
    ("long-term", "short-term"),
    ("fluoroscopy", "ultrasound"),
    ("strong", "weak"),
    ("necessary", "unnecessary"),
    ("positive", "negative"),
    ("better", "worse"),
    ("without", "with"),
]
#: Share of swapped opposites that has to be found; what is missed is a swap that leaves the sentence true or senseless.
FOUND = 0.9


def test_swapped_opposites_are_found(rules: SupportRules) -> None:
    cases = [
        (said, said.text[: found.start()] + new + said.text[found.end() :])
        for pair in OPPOSITES
        for old, new in (pair, pair[::-1])
        for said in ALL
        for found in re.finditer(rf"(?<![\w-]){old}(?![\w-])", said.text)
    ]
    hits = sum(bool(findings(said, claim, rules)) for said, claim in cases)
    assert len(cases) > 300
    assert hits >= FOUND * len(cases), f"{hits} of {len(cases)}"


def exchanged(text: str, one: str, other: str) -> str:
    return re.sub(rf"\b(?:{one}|{other})\b", lambda found: other if found[0] == one else one, text)


def test_both_opposites_of_a_sentence_exchanged_are_found(rules: SupportRules) -> None:
    cases = [
        (said, exchanged(said.text, one, other))
        for one, other in (("cervical", "lumbar"), ("interlaminar", "transforaminal"), ("acute", "chronic"))
        for said in ALL
        if re.search(rf"\b{one}\b.*\b{other}\b|\b{other}\b.*\b{one}\b", said.text)
    ]
    hits = sum(bool(findings(said, claim, rules)) for said, claim in cases)
    assert len(cases) > 10
    assert hits >= 0.7 * len(cases), f"{hits} of {len(cases)}"


@pytest.mark.parametrize("step", [1, 7, 31])
def test_more_evidence_never_makes_a_number_wrong(step: int, rules: SupportRules) -> None:
    for place, said in enumerate(ALL):
        other = ALL[(place + step * 10) % len(ALL)].evidence
        held = grounds([Evidence(said.evidence.text, said.evidence.names), Evidence(other.text)], rules)
        assert list(numbers(read(said.text, rules), held, rules)) == [], said.place


def test_a_negation_put_into_a_sentence_is_found(rules: SupportRules) -> None:
    verbs = r"\b(is|are|was|were|may|can|should|must|has to|have to)\b(?! not)"
    cases = [(said, re.sub(verbs, r"\1 not", said.text, count=1)) for said in ALL if re.search(verbs, said.text)]
    hits = sum(bool(findings(said, claim, rules)) for said, claim in cases)
    assert len(cases) > 150
    assert hits >= 0.8 * len(cases), f"{hits} of {len(cases)}"
