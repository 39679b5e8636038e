"""Where guidelines and policies disagree, as every renderer shows it."""

import pytest

from rag.article.blocks import Heading
from rag.article.conflict_blocks import CONFLICTS_HEADING
from rag.article.layout import answer_blocks
from rag.article.markdown import answer_markdown
from rag.article.models import Answer, ConflictNote, ConflictSide
from rag.article.pdf.document import answer_pdf
from rag.article.terminal import answer_text
from rag.article.words import NO_LABELS
from tests.article.builders import answer
from tests.article.test_markdown import headings, plain, tokens
from tests.article.test_pdf import squeezed, text

HOSTILE = "<script>alert(1)</script> **bold** [link](javascript:alert(1)) | # head `code` ![x](y) \x1b[31m \u202e"


def side(kind: str, quote: str, *, title: str = "Title of it", basis: str = "publisher") -> ConflictSide:
    return ConflictSide(
        document_id=f"a-{kind}",
        anchor="point",
        title=title,
        publisher=f"Publisher of the {kind}",
        kind=kind,
        basis=basis,
        version="2025",
        quote=quote,
        start=0,
        end=len(quote),
        says=f"message of the {kind}",
    )


def conflicting(*, title: str = "Title of it") -> Answer:
    sides = (side("guideline", "advises against it", title=title), side("policy", "covers it", basis="unconfirmed"))
    return answer().model_copy(update={"conflicts": (ConflictNote(id="p", point="The point at issue", sides=sides),)})


def shown(found: Answer) -> dict[str, str]:
    """The whole article in each form, every space left out."""
    forms = {
        "terminal": answer_text(found),
        "markdown": plain(answer_markdown(found)),
        "pdf": text(answer_pdf(found)),
    }
    return {name: squeezed(words) for name, words in forms.items()}


@pytest.mark.parametrize("form", ["terminal", "markdown", "pdf"])
def test_each_side_is_shown_with_who_says_it_its_words_and_its_source(form: str) -> None:
    said = shown(conflicting())[form]
    for expected in (
        CONFLICTS_HEADING,
        "The point at issue",
        'Guideline, Publisher of the guideline: message of the guideline. "advises against it"',
        "Title of it; version 2025; a-guideline#point)",
        'Policy, Publisher of the policy: message of the policy. "covers it"',
        "a-policy#point; reported, not confirmed)",
    ):
        assert squeezed(expected) in said


def test_the_conflicts_follow_the_sections_and_come_before_the_case() -> None:
    found = [block.text for block in answer_blocks(conflicting(), NO_LABELS) if isinstance(block, Heading)]
    place = found.index(CONFLICTS_HEADING)
    assert (found[place - 1], found[place + 1]) == ("Determination", "The case as read")


def test_without_a_conflict_there_is_no_heading() -> None:
    assert CONFLICTS_HEADING not in headings(answer_markdown(answer()))


def test_a_hostile_title_is_text_in_markdown() -> None:
    found = tokens(answer_markdown(conflicting(title=HOSTILE)))
    kinds = {token.type for token in found}
    assert not kinds & {"html_block", "html_inline", "image"}
    hrefs = [str(token.attrs["href"]) for token in found if token.type == "link_open"]
    assert hrefs == [reference.url for reference in answer().references]
    assert "<script>alert(1)</script> **bold** [link](javascript:alert(1)) | # head `code` ![x](y)" in plain(
        answer_markdown(conflicting(title=HOSTILE))
    )


def test_a_hostile_title_steers_no_terminal() -> None:
    said = answer_text(conflicting(title=HOSTILE))
    assert "\x1b" not in said and "\u202e" not in said


def test_a_hostile_title_is_text_in_the_pdf() -> None:
    assert squeezed("<script>alert(1)</script> **bold**") in shown(conflicting(title=HOSTILE))["pdf"]
