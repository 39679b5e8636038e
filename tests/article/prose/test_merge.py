"""A model's sentence takes the place of what it says as fully; nothing the template says is lost."""

import re

from rag.article.draft import Cited, DraftClaim, DraftSection
from rag.article.models import ClaimBasis
from rag.article.prose.merge import merge
from tests.article.prose.build import FINDING, OLD_DEMAND, OLD_POLICY, OLD_RECORD, OLD_REVIEW, RECORD, REVIEW, SECTION


def coverage(wanted: str, text: str) -> float:
    words = set(re.findall(r"\w+", wanted.lower()))
    return len(words & set(re.findall(r"\w+", text.lower()))) / len(words)


def on_review(text: str, quote: str = OLD_REVIEW.sources[0].quote) -> DraftClaim:
    return DraftClaim(text, ClaimBasis.EVIDENCE, (Cited("review#findings", quote),))


def merged(*written: DraftClaim, section: DraftSection = SECTION) -> tuple[DraftClaim, ...]:
    return merge(section, written, coverage=coverage).claims


def test_a_sentence_that_says_as_much_replaces_the_templates_in_its_place() -> None:
    new = on_review("In the short term injections probably help, the review finds.")
    assert merged(new) == (OLD_RECORD, OLD_DEMAND, FINDING, new, OLD_POLICY)


def test_a_sentence_that_says_less_stands_beside_the_templates() -> None:
    new = on_review("The review speaks of injections.")
    assert merged(new) == (OLD_RECORD, OLD_DEMAND, FINDING, new, OLD_REVIEW, OLD_POLICY)


def test_two_sentences_may_say_it_together() -> None:
    one, two = on_review("Injections probably help."), on_review("The review finds that in the short term.")
    assert merged(one, two) == (OLD_RECORD, OLD_DEMAND, FINDING, one, two, OLD_POLICY)


def test_a_sentence_on_the_record_replaces_the_one_with_the_same_words() -> None:
    new = DraftClaim("Relief was 40 %.", ClaimBasis.CASE, case_quotes=(RECORD,))
    assert merged(new) == (new, OLD_DEMAND, FINDING, OLD_REVIEW, OLD_POLICY)


def test_what_the_check_says_and_what_a_criterion_demands_is_never_replaced() -> None:
    new = DraftClaim(OLD_DEMAND.text, ClaimBasis.POLICY, OLD_DEMAND.sources)
    assert set(merged(new)) >= {OLD_DEMAND, FINDING}


def test_a_sentence_on_something_else_follows_the_one_before_it() -> None:
    first, other = on_review(OLD_REVIEW.text + " "), on_review("Eleven trials.", REVIEW.split(". ")[1])
    assert merged(first, other) == (OLD_RECORD, OLD_DEMAND, FINDING, first, other, OLD_POLICY)
    assert merged(other)[0] == other


def test_without_sentences_the_section_stays_as_it_is() -> None:
    assert merged() == SECTION.claims
