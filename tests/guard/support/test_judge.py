"""The judgement as a whole: what stands word for word passes, order and ballast do not matter, time is linear."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ingest.documents import corpus_root
from rag.guard.support.judge import Judge
from rag.guard.support.models import Evidence
from rag.guard.support.rules_file import load_support
from tests.conftest import WordEncoder

PASSAGE = (
    "Plan North allows a repeat injection after at least 50 % pain relief for at least 2 weeks. "
    "It does not cover a third injection in one month."
)
OTHER = "Plan South covers an MRI of the knee after 6 weeks of exercise."


def test_a_sentence_that_stands_there_is_supported_and_costs_no_encoding() -> None:
    encoder = WordEncoder()
    judge = Judge(load_support(corpus_root()), encoder=encoder)
    judged = judge.judge("It does not cover  a third injection in one month", [Evidence(PASSAGE)])
    assert (judged.supported, judged.score, judged.findings) == (True, 1.0, ())
    assert encoder.encoded == []


def test_a_part_of_a_sentence_is_no_sentence(judge: Judge) -> None:
    denied = Evidence("It is wrong that Plan North covers a third injection in one month.")
    assert judge.judge("Plan North covers a third injection in one month.", [denied]).score < 1


def test_two_passages_support_one_sentence_together(judge: Judge) -> None:
    claim = "At least 50 % pain relief for at least 2 weeks, and 6 weeks of exercise before an MRI of the knee."
    both = judge.judge(claim, [Evidence(PASSAGE), Evidence(OTHER)])
    alone = judge.judge(claim, [Evidence(PASSAGE)])
    assert not [one for one in both.findings if one.policy == "numbers"]
    assert [one for one in alone.findings if one.policy == "numbers"]
    assert both.score > alone.score


def test_the_order_of_evidence_does_not_matter(judge: Judge) -> None:
    items = [Evidence(PASSAGE), Evidence(OTHER), Evidence("Reported, not confirmed here: it pays.", confirmed=False)]
    claim = "Plan North allows a repeat injection after more than 50 % pain relief for 2 months."
    assert judge.judge(claim, items) == judge.judge(claim, items[::-1])


def test_a_claim_is_judged_the_same_alone_and_among_others(judge: Judge) -> None:
    claims = [("A repeat needs at least 50 % pain relief.", [Evidence(PASSAGE)]), (OTHER, [Evidence(OTHER)])]
    assert judge.judge_all(claims) == [judge.judge(claim, evidence) for claim, evidence in claims]


def test_many_claims_are_encoded_in_one_go() -> None:
    encoder = WordEncoder()
    judge = Judge(load_support(corpus_root()), encoder=encoder)
    claim = ("A repeat injection is allowed after at least 50 % pain relief.", [Evidence(PASSAGE)])
    judge.judge_all([claim, claim])
    assert len(encoder.encoded) == len(set(encoder.encoded)) == 2


@pytest.mark.parametrize("claim", ["", "   ", "…", "Bananas are yellow and sweet.", "42"])
def test_what_has_no_word_in_common_is_not_supported(claim: str, judge: Judge) -> None:
    assert not judge.judge(claim, [Evidence(PASSAGE)]).supported


def test_nothing_supports_a_claim_without_evidence(judge: Judge) -> None:
    assert not judge.judge("Plan North allows a repeat injection.", []).supported
    assert not judge.judge("Plan North allows a repeat injection.", [Evidence("")]).supported


def test_the_reason_is_the_first_finding(judge: Judge) -> None:
    judged = judge.judge("A repeat needs at least 60 % pain relief for at least 2 weeks.", [Evidence(PASSAGE)])
    assert judged.findings[0].policy == "numbers"
    assert judged.reason is not None and "60 %" in judged.reason


class FixedEntailment:
    name = "fixed"

    def __init__(self, probability: float) -> None:
        self._probability = probability
        self.asked: list[tuple[str, str]] = []

    def entails(self, premise: str, hypothesis: str) -> float:
        self.asked.append((premise, hypothesis))
        return self._probability


def judged_with(model: FixedEntailment, claim: str) -> list[str]:
    judge = Judge(load_support(corpus_root()), encoder=WordEncoder(), entailment=model)
    return [finding.policy for finding in judge.judge(claim, [Evidence(PASSAGE)]).findings]


def test_a_model_may_refuse_but_never_saves_a_sentence() -> None:
    wrong = "A repeat injection needs at least 60 % pain relief for at least 2 weeks."
    right = "A repeat injection needs at least 50 % pain relief for at least 2 weeks."
    assert "entailment" in judged_with(FixedEntailment(0.01), right)
    assert "entailment" not in judged_with(FixedEntailment(0.99), right)
    assert "numbers" in judged_with(FixedEntailment(0.99), wrong)


def test_a_model_reads_the_sentences_that_carry_the_claim() -> None:
    model = FixedEntailment(0.9)
    judged_with(model, "No third injection in one month is covered.")
    assert model.asked == [
        ("It does not cover a third injection in one month.", "No third injection in one month is covered.")
    ]


WORDS = some.text(alphabet="ab %.,;:0123456789-–\n()[]“”éA", max_size=60)


@given(claim=WORDS, passage=WORDS)
@settings(max_examples=60, deadline=None)
def test_any_text_is_judged(claim: str, passage: str) -> None:
    judge = Judge(_RULES, encoder=_ENCODER)
    first = judge.judge(claim, [Evidence(passage)])
    assert 0 <= first.score <= 1
    assert first.supported == (not first.findings)


_RULES, _ENCODER = load_support(corpus_root()), WordEncoder()


def seconds(judge: Judge, claim: str, passage: str) -> float:
    """Of the processor, not of the clock: others may be at work beside the test."""
    start = time.process_time()
    judge.judge(claim, [Evidence(passage)])
    return time.process_time() - start


@pytest.mark.parametrize(
    "piece",
    [
        "at least 50 % or more of 3 to 4 levels and no more than ",
        "a b c d e f g ",
        "not no never without ",
        "2 of 3 in 4 per 5 ",
        "((((((((",
        "one two three four hundred and ",
        "The plan covers a scan. ",
        "C7-T1/L4-L5 a-1-b-2-c-3 ",
        "aaaaaaaaaa",
        "\n\n  \t",
    ],
)
def test_time_is_linear_in_the_length_of_hostile_text(piece: str, judge: Judge) -> None:
    text = piece * (20_000 // len(piece))
    assert seconds(judge, "The plan covers at least 2 of 3 scans in 4 weeks.", text) < 8
    assert seconds(judge, text, PASSAGE) < 8
