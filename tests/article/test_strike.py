"""Striking a sentence: what may go, what stays, and how the references are numbered afterwards."""

import pytest

from rag.article.models import Answer, Claim, ClaimBasis, Kind, Section
from rag.article.strike import StrikeError, strike
from tests.article.builders import answer, reference


def claim(text: str, *citations: int) -> Claim:
    return Claim(text=text, basis=ClaimBasis.POLICY if citations else ClaimBasis.CHECK, citations=citations)


def article(kind: Kind = Kind.DETERMINATION) -> Answer:
    """Two parts and four references; the second is cited in both parts."""
    first = (claim("The verdict."), claim("The policy says so.", 1), claim("And so.", 2, 3))
    second = (claim("Be careful.", 4, 2), claim("Very.", 3))
    made = answer(kind=kind, references=tuple(reference(n, quote=f"quote {n}") for n in (1, 2, 3, 4)))
    sections = (
        Section(id="determination", heading="Determination", claims=first),
        Section(id="safety", heading="Safety", claims=second),
    )
    return made.model_copy(update={"sections": sections})


def cited(found: Answer) -> list[tuple[str, list[str]]]:
    """Each sentence with the quotes its numbers lead to."""
    quotes = {entry.n: entry.quote for entry in found.references}
    return [(c.text, [quotes[n] for n in c.citations]) for section in found.sections for c in section.claims]


@pytest.mark.parametrize(
    ("section", "sentence", "quotes"),
    [
        ("determination", 2, ["quote 2", "quote 3", "quote 4"]),
        ("determination", 3, ["quote 1", "quote 4", "quote 2", "quote 3"]),
        ("safety", 1, ["quote 1", "quote 2", "quote 3"]),
        ("safety", 2, ["quote 1", "quote 2", "quote 3", "quote 4"]),
    ],
)
def test_references_are_numbered_in_order_of_first_use_and_unused_ones_go(
    section: str, sentence: int, quotes: list[str]
) -> None:
    left = strike(article(), section=section, sentence=sentence)
    assert [(entry.n, entry.quote) for entry in left.references] == list(enumerate(quotes, 1))
    used = [n for part in left.sections for c in part.claims for n in c.citations]
    assert list(dict.fromkeys(used)) == list(range(1, len(quotes) + 1))


def test_the_other_sentences_lead_to_the_quotes_they_led_to() -> None:
    before = cited(article())
    assert cited(strike(article(), section="determination", sentence=2)) == [before[0], *before[2:]]


def test_nothing_else_of_the_article_changes() -> None:
    whole, left = article(), strike(article(), section="safety", sentence=1)
    rest = {"sections", "references"}
    assert left.model_dump(exclude=rest) == whole.model_dump(exclude=rest)
    assert whole == article()


def test_a_part_left_empty_stays_in_its_place() -> None:
    once = strike(article(), section="safety", sentence=2)
    twice = strike(once, section="safety", sentence=1)
    assert [(part.id, len(part.claims)) for part in twice.sections] == [("determination", 3), ("safety", 0)]


@pytest.mark.parametrize(
    ("section", "sentence", "says"),
    [
        ("determination", 1, "states the verdict"),
        ("determination", 4, "sentences 1 to 3"),
        ("safety", 0, "sentences 1 to 2"),
        ("safety", -1, "sentences 1 to 2"),
        ("elsewhere", 1, "Its parts: determination, safety"),
    ],
)
def test_what_may_not_go_is_refused(section: str, sentence: int, says: str) -> None:
    with pytest.raises(StrikeError, match=says):
        strike(article(), section=section, sentence=sentence)


def test_the_determination_keeps_its_first_sentence_to_the_end() -> None:
    left = strike(strike(article(), section="determination", sentence=3), section="determination", sentence=2)
    with pytest.raises(StrikeError, match="states the verdict"):
        strike(left, section="determination", sentence=1)


def test_a_guideline_answer_keeps_its_last_sentence() -> None:
    left = strike(article(Kind.GUIDELINE), section="determination", sentence=1)
    left = strike(left, section="determination", sentence=1)
    with pytest.raises(StrikeError, match="only sentence"):
        strike(left, section="determination", sentence=1)
