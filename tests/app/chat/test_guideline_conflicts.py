"""Where guidelines and policies disagree, on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.chat.article.payload import payload
from rag.article.models import Answer
from rag.knowledge.library import Knowledge
from tests.app.chat.conftest import AskAbout, Show
from tests.app.chat.contrast import too_faint
from tests.app.chat.test_payload import in_units

BOX = ".guideline-conflicts"
HOSTILE = '<img src=x onerror="window.struck = 1"><script>window.struck = 1</script>'


def with_first_side(answer: Answer, **changes: str) -> Answer:
    """The article with its first side of its first conflict changed."""
    note = answer.conflicts[0]
    changed = note.model_copy(update={"sides": (note.sides[0].model_copy(update=changes), *note.sides[1:])})
    return answer.model_copy(update={"conflicts": (changed, *answer.conflicts[1:])})


def test_every_side_opens_the_passage_at_its_quote(example: Answer, knowledge: Knowledge) -> None:
    data = payload(example, knowledge)
    sides = [side for one in data.guideline_conflicts for side in one.sides]
    assert len(sides) == sum(len(note.sides) for note in example.conflicts) > 0
    for side in sides:
        passage = data.passages[side.passage]
        text = data.sources[passage.source].text
        assert text is not None and passage.start is not None and passage.end is not None
        assert in_units(text, passage.start, passage.end) == side.quote == passage.quote


def test_what_is_not_confirmed_says_so(example: Answer, knowledge: Knowledge) -> None:
    told = {side.basis for one in payload(example, knowledge).guideline_conflicts for side in one.sides}
    assert {None, "reported, not confirmed"} <= told


def test_a_section_that_changed_since_is_shown_as_quoted(example: Answer, knowledge: Knowledge) -> None:
    data = payload(with_first_side(example, quote="words it no longer holds"), knowledge)
    passage = data.passages[data.guideline_conflicts[0].sides[0].passage]
    assert (passage.quote, passage.start) == ("words it no longer holds", None)


def test_an_article_on_a_topic_has_no_such_box(ask_about: AskAbout, show: Show) -> None:
    page = show(ask_about("What does the evidence say about cervical epidural steroid injections?"))
    expect(page.locator(BOX)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_box_shows_the_points_and_opens_a_source_at_its_words(example: Answer, show: Show, scheme: str) -> None:
    page = show(example, color_scheme=scheme)
    box = page.locator(BOX)
    expect(box.get_by_role("heading", name="Where guidelines and policies disagree")).to_be_visible()
    expect(box.locator(".point h3")).to_have_text([note.point for note in example.conflicts])
    first = example.conflicts[0].sides[0]
    expect(box.locator("li").first).to_contain_text(f"{first.publisher} (clinical guideline): {first.says}.")
    box.get_by_role("button", name=f"Source: {first.publisher}").first.click()
    expect(page.locator(".panel-title")).to_have_text("What this source says")
    expect(page.locator(".panel mark")).to_have_text(first.quote)
    seen, faint = too_faint(page, BOX)
    assert seen > 0 and faint == []


def test_a_folded_point_opens_by_keyboard(example: Answer, show: Show) -> None:
    page = show(example)
    second = page.locator(f"{BOX} .point").nth(1)
    expect(second.locator("li").first).to_be_hidden()
    second.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(second.locator("li").first).to_be_visible()


def test_the_box_fits_a_phone(example: Answer, show: Show) -> None:
    page = show(example, width=390, height=844)
    expect(page.locator(BOX)).to_be_visible()
    assert overflow(page) == 0


def test_a_hostile_publisher_title_or_message_is_text(example: Answer, show: Show) -> None:
    page = show(with_first_side(example, publisher=HOSTILE, title=HOSTILE, says=HOSTILE))
    expect(page.locator(f"{BOX} li").first).to_contain_text(HOSTILE)
    assert page.evaluate("() => window.struck") is None


def overflow(page: Page) -> int:
    return int(page.evaluate("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"))
