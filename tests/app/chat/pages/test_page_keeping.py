"""What is kept: over a reload, beside another window, over a crash; and what is deleted."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.app.chat.pages.conftest import Server, Visit
from tests.app.chat.pages.steps import PATIENCE, ask, say, shows, wait_for_article

QUESTION = "Is 62321 necessary for radiculopathy (M54.12) under Aetna after a CESI with 40 % relief?"
OTHER = "How many epidural injections a year do the policies allow?"


def test_two_windows_do_not_mix_and_a_link_finds_its_thread(visit: Visit) -> None:
    one, other = visit(), visit()
    one.get_by_label("Your question").fill(QUESTION)
    other.get_by_label("Your question").fill(OTHER)
    one.get_by_role("button", name="Ask", exact=True).click()
    other.get_by_role("button", name="Ask", exact=True).click()
    wait_for_article(one)
    wait_for_article(other)
    assert one.url != other.url
    expect(one.get_by_test_id("stChatMessage").first).to_contain_text(QUESTION)
    expect(other.get_by_test_id("stChatMessage").first).to_contain_text(OTHER)
    expect(other.get_by_label("Payer").first).to_have_value("No payer named")

    one.reload()
    wait_for_article(one)
    expect(one.get_by_test_id("stChatMessage").first).to_contain_text(QUESTION)
    other.goto(one.url)
    wait_for_article(other)
    expect(other.get_by_test_id("stChatMessage").first).to_contain_text(QUESTION)


def test_a_thread_is_renamed_and_deleted_after_a_question(visit: Visit) -> None:
    page = visit()
    ask(page, OTHER)
    address = page.url
    page.get_by_role("button", name="This thread").click()
    title = page.get_by_label("Title")
    title.fill("How many a year <b>")
    title.press("Enter")
    shows(page, "How many a year <b>")
    page.get_by_role("button", name="Delete this thread").click()
    shows(page, "What stays is the audit trail")
    page.get_by_role("button", name="Delete it").click()
    page.get_by_label("Your question").wait_for()
    assert "thread=" not in page.url
    page.goto(address)
    shows(page, "was deleted on")


def test_a_server_that_is_killed_loses_nothing(visit: Visit, new_server: Callable[[], Server]) -> None:
    server = new_server()
    server.start()
    page = visit(address=server.address)
    ask(page, QUESTION)
    line = page.get_by_placeholder("Add a fact, suppose one")
    line.fill("Relief lasted 5 months.")
    line.press("Enter")
    page.get_by_text("Relief lasted 5 months.", exact=True).first.wait_for()  # taken; be it answered by now or not
    server.kill()
    server.start(server.port)
    page.goto(page.url)
    expect(page.get_by_text("Added to the record").first).to_be_visible(timeout=PATIENCE)
    shows(page, "5 months")
    say(page, "undo")
    shows(page, "Undone")
