"""What people do on the page, each step ending when the page shows what came of it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from evals.prose.questions import EXAMPLE

#: Milliseconds. A busy machine with two cores answers well within it.
PATIENCE = 60_000


def ask(page: Page, question: str = EXAMPLE) -> None:
    """Ask on a new page, and wait for the article."""
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    wait_for_article(page)


def wait_for_article(page: Page) -> None:
    expect(page.get_by_role("button", name="Export")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0, timeout=PATIENCE)


def say(page: Page, words: str) -> None:
    """A line below a thread."""
    line = page.get_by_placeholder("Add a fact, suppose one")
    line.fill(words)
    line.press("Enter")
    page.get_by_text(words, exact=True).first.wait_for()
    wait_for_article(page)


def settled(page: Page) -> None:
    """The page has taken in what was done last."""
    page.wait_for_timeout(300)  # what was done is on its way for a moment before the page says so
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=PATIENCE)


def reply(page: Page) -> Locator:
    """What the program said last."""
    return page.get_by_test_id("stChatMessage").last


def shows(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)


def see_missing(page: Page) -> None:
    page.get_by_text("What is missing", exact=True).first.click()
    shows(page, "Fill in what the record shows")
