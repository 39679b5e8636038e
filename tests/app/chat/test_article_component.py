"""The article in a real browser, on a page that shows nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.article.copied import copied_claim
from rag.article.models import Answer
from rag.criteria.determination import Status
from rag.followup.models import FactChange, StatusChange, Turn, TurnKind
from rag.knowledge.library import Knowledge
from tests.app.chat.conftest import AskAbout, Show
from tests.app.chat.contrast import too_faint


@pytest.fixture(scope="module")
def shared(articles: Path, article_address: str, browser: Browser, example: Answer) -> Iterator[Page]:
    (articles / "example.json").write_text(example.model_dump_json(), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture
def page(shared: Page, article_address: str) -> Page:
    """The example, as a reader finds it."""
    if "article=example" not in shared.url:
        shared.goto(f"{article_address}/?article=example")
    shared.locator(".article").wait_for()
    shared.keyboard.press("Escape")
    return shared


def focused(page: Page) -> str:
    """Label or text of the element that has the focus, through shadow roots."""
    found = page.evaluate(
        """() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
        }"""
    )
    return str(found)


def in_view(page: Page, selector: str) -> bool:
    """Whether the element stands within what the panel shows."""
    return bool(
        page.locator(selector).first.evaluate(
            """(mark) => {
              const [inner, outer] = [mark, mark.closest(".panel-body")].map((one) => one.getBoundingClientRect());
              return inner.top >= outer.top && inner.bottom <= outer.bottom;
            }"""
        )
    )


def test_a_citation_opens_by_keyboard_at_its_quote_and_escape_returns(page: Page, example: Answer) -> None:
    first = example.references[0]
    page.locator(".citation").first.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name=f"Citation 1 of {len(example.references)}")
    expect(panel.locator("mark")).to_have_text(first.quote)
    assert in_view(page, ".panel mark")
    for told in (first.title, first.publisher, first.version, str(first.last_checked)):
        expect(panel).to_contain_text(told)
    link = panel.get_by_role("link", name="Open the original")
    assert link.get_attribute("href") == first.url
    assert (link.get_attribute("rel"), link.get_attribute("target")) == ("noopener noreferrer", "_blank")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert focused(page).startswith("Citation 1: ")


def test_arrow_keys_go_from_citation_to_citation_and_stop_at_the_ends(page: Page, example: Answer) -> None:
    page.locator(".citation").first.click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".panel mark")).to_have_text(example.references[0].quote)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".panel mark")).to_have_text(example.references[1].quote)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".panel mark")).to_have_text(example.references[0].quote)
    expect(page.get_by_role("button", name="Previous citation")).to_be_disabled()


def test_the_text_makes_room_for_the_panel(page: Page, example: Answer) -> None:
    sentence = page.locator(".claim", has=page.locator(".citation")).first
    sentence.locator(".citation").click()
    expect(page.locator(".panel")).to_be_in_viewport(ratio=1)
    panel, text = page.locator(".panel").bounding_box(), sentence.bounding_box()
    assert panel and text and text["x"] + text["width"] <= panel["x"]


def test_a_sentence_on_the_patient_opens_the_words_it_rests_on(page: Page, example: Answer) -> None:
    claim = next(c for s in example.sections for c in s.claims if c.case_quotes and "minimal" in c.text)
    page.locator(".claim", has_text=claim.text).get_by_role("button", name="record").click()
    panel = page.get_by_role("dialog", name="The record")
    expect(panel.locator("mark")).to_have_text(claim.case_quotes[0].quote)
    expect(panel.locator(".text")).to_have_text(example.case.text)


def test_a_fact_lights_up_its_words_in_the_record(page: Page, example: Answer) -> None:
    page.locator("button.fact", has_text="under 30 %").focus()
    assert "".join(page.locator(".record-text .lit").all_text_contents()) == "minimal relief"
    page.keyboard.press("Tab")
    assert "minimal relief" not in page.locator(".record-text .lit").all_text_contents()


def test_the_checklist_narrows_to_what_is_not_met_and_opens_the_criterion(page: Page, example: Answer) -> None:
    page.get_by_role("button", name="Not met").click()
    rows = page.locator(".row:visible")
    assert rows.count() > 0
    groups: list[list[str]] = []
    for row in rows.all():
        if "depth-0" in (row.get_attribute("class") or ""):
            groups.append([])
        groups[-1].append(row.get_attribute("data-status") or "")
    assert all("not_met" in group for group in groups)
    expect(page.get_by_role("button", name="Not met")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Not met")).to_contain_text(str(len(groups)))
    relief = page.locator(".row:visible", has_text="“minimal relief”").first
    expect(relief).to_contain_text("under 30 %")
    label = relief.locator(".row-body > p").first
    label.get_by_role("button", name="Source").click()
    quotes = {row.quote for found in example.determinations for row in found.criteria}
    assert page.locator(".panel mark").inner_text() in quotes


def test_payers_stand_side_by_side_with_statuses_in_words(page: Page, example: Answer) -> None:
    decided = [found for found in example.determinations if found.status is not Status.NOT_APPLICABLE]
    table = page.get_by_role("table")
    assert table.get_by_role("columnheader").count() == len(decided) + 1
    for found in decided:
        expect(table).to_contain_text(found.policy_id)
    expect(table.get_by_role("row", name="Status")).to_contain_text("criteria not met")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast_enough(show: Show, example: Answer, scheme: str) -> None:
    supposed = example.model_copy(update={"hypothesis": "relief of 60 %"})
    page = show(supposed, turn=_turn(example), color_scheme=scheme)
    expect(page.locator(".host")).to_have_attribute("data-theme", scheme)
    page.get_by_role("button", name="Not met").click()
    page.locator(".citation").first.click()
    seen, faint = too_faint(page, ".host")
    assert seen > 300
    assert faint == []


def test_a_phone_scrolls_down_and_never_sideways_and_gets_a_sheet(show: Show, example: Answer) -> None:
    page = show(example, width=360, height=740, has_touch=True, is_mobile=True)
    for summary in page.locator(".checklist > summary").all():
        summary.click()
    for scroller in ("[data-testid=stMain]", ".article"):
        assert page.locator(scroller).evaluate("(one) => one.scrollWidth") <= 360
    page.locator(".citation").first.tap()
    panel = page.locator(".panel").bounding_box()
    assert panel and panel["width"] == 360 and panel["y"] > 100
    assert in_view(page, ".panel mark")


def test_a_quote_far_down_a_passage_is_scrolled_to(show: Show, example: Answer, knowledge: Knowledge) -> None:
    sections = [(document, section) for document in knowledge.documents.values() for section in document.sections]
    document, section = max(sections, key=lambda one: len(one[1].text))
    end = len(section.text)
    place = {"document_id": document.id, "anchor": section.anchor, "start": end - 30, "end": end}
    last = example.references[0].model_copy(update={**place, "quote": section.text[-30:]})
    page = show(example.model_copy(update={"references": (last, *example.references[1:])}), width=360, height=480)
    page.locator(".citation").first.click()
    expect(page.locator(".panel mark")).to_have_text(section.text[-30:])
    assert in_view(page, ".panel mark")


def test_citation_numbers_are_large_enough_to_hit(page: Page, example: Answer) -> None:
    boxes = [number.bounding_box() for number in page.locator(".citation").all()]
    assert boxes and all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)


def test_a_supposition_is_marked_and_what_changed_is_told(show: Show, example: Answer) -> None:
    page = show(example.model_copy(update={"hypothesis": "relief of 60 % for 3 months"}), turn=_turn(example))
    note = page.get_by_role("note")
    expect(note).to_contain_text("Hypothetical. Not in the record.")
    expect(note).to_contain_text("relief of 60 % for 3 months")
    expect(page.get_by_role("region", name="Verdict")).to_contain_text("Hypothetical: needs documentation")
    changed = page.get_by_role("region", name="What changed")
    expect(changed).to_contain_text("under 30 %→, now: 60 %")
    expect(changed).to_contain_text("needs documentation→, now: criteria met")


def test_sections_out_of_focus_are_folded_until_opened(show: Show, example: Answer) -> None:
    page = show(example, focus="safety")
    expect(page.locator(".section").first).to_have_id("section-safety")
    expect(page.locator("#section-safety .claims")).to_be_visible()
    expect(page.locator("#section-rationale .claims")).to_be_hidden()
    page.get_by_role("navigation", name="In this article").get_by_role("button", name="Rationale").click()
    expect(page.locator("#section-rationale .claims")).to_be_visible()


def test_a_sentence_is_copied_with_its_source(page: Page, example: Answer) -> None:
    claim = next(c for s in example.sections for c in s.claims if c.citations)
    sentence = page.locator(".claim", has_text=claim.text).first
    sentence.hover()
    sentence.get_by_role("button", name="Copy this sentence").click()
    expect(page.locator(".toast")).to_have_text("Copied, with its sources.")
    copied = str(page.evaluate("() => navigator.clipboard.readText()"))
    assert copied == copied_claim(claim, example)
    assert example.references[0].url in copied


def test_headings_lead_through_the_article_without_a_gap(page: Page, example: Answer) -> None:
    levels = [
        int(tag[1])
        for tag in page.locator(".article :is(h1, h2, h3, h4)").evaluate_all("(all) => all.map((h) => h.tagName)")
    ]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_record_that_contradicts_itself_shows_both_places(show: Show, ask_about: AskAbout) -> None:
    said = "62321 for M54.12. The previous CESI gave 60% relief. Later: the previous CESI gave 20 % relief."
    page = show(ask_about(said))
    box = page.get_by_role("region", name="The record contradicts itself")
    expect(box.get_by_role("listitem")).to_have_count(2)
    for value in ("60 %", "20 %"):
        expect(box).to_contain_text(value)


def _turn(example: Answer) -> Turn:
    policy = example.determinations[0].policy_id
    return Turn(
        said="what if relief was 60 %?",
        kind=TurnKind.HYPOTHETICAL,
        reply="",
        facts=(FactChange(fact="any", label="pain relief", before="under 30 %", after="60 %"),),
        statuses=(StatusChange(policy_id=policy, before=Status.DOCUMENTATION, after=Status.MET),),
    )
