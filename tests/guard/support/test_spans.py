"""Code finds the quote: the fewest sentences that hold a claim's words."""

from __future__ import annotations

import pytest

from rag.guard.support.rules import SupportRules
from rag.guard.support.spans import best_spans

TEXT = (
    "Plan North allows a repeat injection after at least 50 % pain relief for at least 2 weeks. "
    "Imaging must be no more than 24 months old. "
    "Sedation is not covered.\n"
    "A session holds at most 2 levels."
)


def quoted(claim: str, rules: SupportRules, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in best_spans(claim, text, rules)]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Sedation isn't covered.", ["Sedation is not covered."]),
        ("The imaging may be at most 24 months old.", ["Imaging must be no more than 24 months old."]),
        ("No more than 2 levels belong to a session.", ["A session holds at most 2 levels."]),
        (
            "Sedation is not covered, and the imaging must be no more than 24 months old.",
            ["Imaging must be no more than 24 months old.", "Sedation is not covered."],
        ),
    ],
)
def test_the_carrying_sentences_are_found(claim: str, expected: list[str], rules: SupportRules) -> None:
    assert quoted(claim, rules) == expected


def test_a_sentence_of_the_text_is_its_own_quote(rules: SupportRules) -> None:
    for sentence in ("Sedation is not covered.", "A session holds at most 2 levels."):
        assert quoted(sentence, rules) == [sentence]


def test_never_more_than_three_sentences(rules: SupportRules) -> None:
    claim = "Injection, imaging, sedation and levels: relief, months, covered, session."
    assert 1 <= len(best_spans(claim, TEXT, rules)) <= 3


@pytest.mark.parametrize("claim", ["", "Bananas are yellow."])
def test_nothing_is_found_where_no_word_is_shared(claim: str, rules: SupportRules) -> None:
    assert best_spans(claim, TEXT, rules) == ()
    assert best_spans(claim, "", rules) == ()


def test_the_name_of_the_document_needs_no_sentence(rules: SupportRules) -> None:
    text = "Plan North is a plan. Sedation is not covered."
    assert len(best_spans("Plan North does not cover sedation.", text, rules, names="Plan North")) == 1
