"""What a claim rests on is derived from the closed list; its quotes are found by code."""

import pytest

from rag.article.draft import DraftClaim
from rag.article.models import ClaimBasis
from rag.article.prose.claims import make_claim, sentences_of
from rag.article.prose.reply import ModelClaim, Rejected
from rag.article.sentences import sentences
from tests.article.prose.build import BRIEF, RECORD, REVIEW


def first_sentence(claim: str, text: str) -> list[tuple[int, int]]:
    return sentences(text)[:1]


def made(text: str, passages: tuple[str, ...] = (), facts: tuple[str, ...] = ()) -> object:
    return make_claim(ModelClaim(text=text, passages=passages, facts=facts), BRIEF, find_quotes=first_sentence)


def test_a_sentence_on_a_passage_quotes_it() -> None:
    claim = made("Injections probably help.", ("P1", "P1"))
    assert not isinstance(claim, Rejected)
    assert claim.basis is ClaimBasis.EVIDENCE  # type: ignore[attr-defined]
    (cited,) = claim.sources  # type: ignore[attr-defined]
    assert (cited.source, cited.quote) == ("review#findings", REVIEW.split(". ")[0] + ".")


def test_a_sentence_on_a_fact_quotes_the_record() -> None:
    claim = made("Relief was 40 %.", facts=("F1",))
    assert (claim.basis, claim.case_quotes, claim.sources) == (ClaimBasis.CASE, (RECORD,), ())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "passages", "facts", "reason"),
    [
        ("No basis.", (), (), "cites nothing"),
        ("Elsewhere.", ("P9",), (), "not on the list"),
        ("Elsewhere.", ("P1", "review#findings"), (), "not on the list"),
        ("Both.", ("P1",), ("F1",), "two sentences"),
        ("A fact as passage.", ("F1",), (), "names a fact as a passage"),
        ("A passage as fact.", (), ("P1",), "a passage as a fact"),
        ("Long. " + "word " * 200, ("P1",), (), "longer than"),
        ("   ", ("P1",), (), "empty"),
    ],
)
def test_a_sentence_without_a_usable_basis_is_refused(
    text: str, passages: tuple[str, ...], facts: tuple[str, ...], reason: str
) -> None:
    refused = made(text, passages, facts)
    assert isinstance(refused, Rejected)
    assert reason in refused.reason


def test_only_the_passages_that_carry_the_sentence_are_cited() -> None:
    claim = ModelClaim(text="It covers eleven trials.", passages=("P2", "P1"))
    made_of = make_claim(claim, BRIEF, find_quotes=lambda _, text: [find(text, "It covers eleven trials.")])
    assert isinstance(made_of, DraftClaim)
    assert [(cited.source, cited.quote) for cited in made_of.sources] == [
        ("review#findings", "It covers eleven trials.")
    ]


def test_a_sentence_of_two_kinds_of_documents_is_refused() -> None:
    claim = ModelClaim(text="Both.", passages=("P1", "P2"))
    refused = make_claim(claim, BRIEF, find_quotes=lambda _, text: [find(text, "eleven trials"), find(text, "imaging")])
    assert isinstance(refused, Rejected)
    assert "two sentences" in refused.reason


def find(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_words_that_stand_nowhere_are_refused() -> None:
    refused = make_claim(ModelClaim(text="x", passages=("P1",)), BRIEF, find_quotes=lambda claim, text: [])
    assert isinstance(refused, Rejected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One. Two are here.", ["One.", "Two are here."]),
        ("P1: One.", ["One."]),
        ("[P1] One.", ["One."]),
        ("One [P1].", ["One."]),
        ("One (P1, P2) two [F1].", ["One two."]),
        ("Fact F1 stays a word.", ["Fact F1 stays a word."]),
        ("At C7-T1 [P1, P2]. P3 was seen.", ["At C7-T1.", "P3 was seen."]),
    ],
)
def test_each_sentence_is_a_claim_without_its_marks(text: str, said: list[str]) -> None:
    assert [claim.text for claim in sentences_of(ModelClaim(text=text, passages=("P1",)))] == said
