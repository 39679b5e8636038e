"""The pictures of the README, taken from the page in use; SCREENSHOTS names the folder that keeps them."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from evals.prose.questions import EXAMPLE
from tests.app.chat.pages.conftest import Visit
from tests.app.chat.pages.steps import PATIENCE, ask, say, see_missing, shows, wait_for_article

FOLDER = "SCREENSHOTS"
#: Bytes. A picture of text in a few colours stays well below.
LARGEST = 250_000
WIDTH, HEIGHT = 1200, 900

Take = Callable[[Page, str], None]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Keeps what is on screen under a name; a page of text needs few colours."""
    folder = Path(os.environ.get(FOLDER) or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def taken(page: Page, name: str) -> None:
        page.mouse.move(0, 0)
        for unfinished in ("stSkeleton", "stStatusWidget"):
            expect(page.get_by_test_id(unfinished)).to_have_count(0, timeout=PATIENCE)
        page.wait_for_timeout(700)  # what glides or fades stands then
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(96, dither=Image.Dither.NONE)
        picture.save(folder / f"{name}.png", optimize=True)
        assert (folder / f"{name}.png").stat().st_size < LARGEST

    return taken


def test_the_main_views_are_pictured(visit: Visit, take: Take) -> None:
    page = visit(width=WIDTH, height=HEIGHT)
    page.get_by_label("Your question").wait_for()
    take(page, "ask")
    ask(page, EXAMPLE)
    expect(page.get_by_text("62321: criteria not met under").first).to_be_in_viewport(timeout=PATIENCE)
    take(page, "answer")
    page.get_by_role("button", name="Citation 1").first.click()
    take(page, "citation")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Checklist").or_(page.get_by_role("link", name="Checklist")).first.click()
    take(page, "checklist")

    see_missing(page)
    box = page.get_by_role("textbox", name="How long did the response to the earlier injection last?")
    box.fill("2 weeks")
    box.press("Tab")
    shows(page, "Added to the record")
    take(page, "form")

    say(page, "what if relief was 60 % for 3 months?")
    shows(page, "HYPOTHETICAL, not in the record")
    take(page, "hypothetical")
    page.get_by_role("button", name="Back to the record").click()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_role("button", name="Review: submitted").click()
    page.get_by_label("Your name").fill("A. Reviewer")
    page.get_by_label("Your name").press("Tab")
    page.get_by_role("button", name="Take up for review").click()
    shows(page, "Under review by A. Reviewer")
    take(page, "review")

    page = visit("/documents", width=WIDTH, height=HEIGHT)
    shows(page, "Open a document")
    take(page, "documents")


def test_the_page_is_pictured_on_a_phone_in_the_dark(visit: Visit, take: Take) -> None:
    page = visit(width=390, height=844, color_scheme="dark", device_scale_factor=2)
    page.get_by_role("button", name="First lumbar injection under Medicare in Ohio").click()
    wait_for_article(page)
    expect(page.get_by_text("Needs documentation").first).to_be_in_viewport(timeout=PATIENCE)
    take(page, "phone-dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
