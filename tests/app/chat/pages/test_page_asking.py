"""Asking on the page: the answer, the form, suppositions, payers, readers and notes."""

from __future__ import annotations

import io
import re
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

from evals.prose.questions import EXAMPLE
from tests.app.chat.pages.conftest import Visit
from tests.app.chat.pages.steps import PATIENCE, ask, reply, say, see_missing, shows, wait_for_article

HEADLINE = re.compile(r"62321: criteria not met under \d+")
RESPONSE = "How long did the response to the earlier injection last?"


def fill(page: Page, question: str, value: str) -> None:
    box = page.get_by_role("textbox", name=question)
    box.fill(value)
    box.press("Tab")


def test_the_example_is_answered_with_a_status_and_a_missing_value_changes_it(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Repeat cervical injection after little relief").click()
    wait_for_article(page)
    expect(page.get_by_text(HEADLINE).first).to_be_in_viewport(timeout=PATIENCE)
    assert page.get_by_text(HEADLINE).first.inner_text().startswith("62321: criteria not met under 2,")

    see_missing(page)
    fill(page, RESPONSE, "two or so")
    shows(page, "'two or so' is not a duration")
    fill(page, RESPONSE, "2 weeks")
    shows(page, "62321: criteria not met under 3,")
    shows(page, "needs documentation → criteria not met")
    expect(page.get_by_role("textbox", name=RESPONSE)).to_have_value("2 weeks")

    fill(page, RESPONSE, "")
    shows(page, "62321: criteria not met under 2,")


def test_a_supposition_is_marked_and_leaves_the_record_alone_until_it_is_recorded(visit: Visit) -> None:
    page = visit()
    ask(page)
    say(page, "what if relief was 60 % for 3 months?")
    shows(page, "HYPOTHETICAL, not in the record")
    expect(page.get_by_role("button", name="Submit for review")).to_have_count(0)

    page.get_by_role("button", name="Back to the record").click()
    expect(page.get_by_text("HYPOTHETICAL, not in the record")).to_have_count(0, timeout=PATIENCE)
    shows(page, "62321: criteria not met under 2,")

    say(page, "what if relief was 60 % for 3 months?")
    page.get_by_role("button", name="Record this").click()
    shows(page, "under 30 % → 60 %")
    expect(page.get_by_text("HYPOTHETICAL, not in the record")).to_have_count(0, timeout=PATIENCE)


def test_payers_are_compared_chosen_and_asked_about(visit: Visit) -> None:
    page = visit()
    ask(page, "Is 62321 necessary for radiculopathy (M54.12) under Aetna after a CESI with 40 % relief?")
    expect(page.get_by_label("Payer").first).to_have_value("Aetna")
    page.get_by_text("Ask next").click()
    page.get_by_role("button", name="Compare payers").click()
    shows(page, "As it stands, under every policy")
    shows(page, "Side by side")
    say(page, "And under Medicare?")
    expect(reply(page)).to_contain_text("Now under Medicare", timeout=PATIENCE)
    expect(page.get_by_label("Payer").first).to_have_value(re.compile("Medicare"))


def test_another_reader_gets_other_words_and_the_same_verdict(visit: Visit) -> None:
    page = visit()
    ask(page, "Is 62321 necessary for radiculopathy (M54.12) under Aetna after a CESI with 40 % relief?")
    status = page.get_by_text("Needs documentation", exact=True).first
    shows(page, "For education and preparation of a review")
    expect(status).to_be_visible()
    page.get_by_text("Patient or family").click()
    expect(reply(page)).to_contain_text("In words for the patient or family", timeout=PATIENCE)
    shows(page, "This is for learning, and to help get ready for a review")
    expect(status).to_be_visible()


def test_what_was_read_of_a_word_file_is_shown_before_it_is_sent(visit: Visit) -> None:
    page = visit()
    page.get_by_text("Add a note").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {
            "name": "note.docx",
            "mimeType": "application/octet-stream",
            "buffer": word_file("Relief was 20 % for 5 days."),
        }
    )
    note = page.get_by_role("textbox", name="Note")
    expect(note).to_have_value("Relief was 20 % for 5 days.", timeout=PATIENCE)
    ask(page, "Is a second 62321 necessary for radiculopathy (M54.12)?")
    expect(page.get_by_role("article").first).to_contain_text("20 %")
    expect(page.get_by_label("Note", exact=True)).to_have_value("")


def test_a_note_that_is_no_note_says_so_and_what_was_typed_stays(visit: Visit, tmp_path: Path) -> None:
    page = visit()
    page.get_by_label("Your question").fill(EXAMPLE)
    page.get_by_text("Add a note").click()
    upload = page.get_by_test_id("stFileUploaderDropzoneInput")
    upload.set_input_files({"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"no pdf at all"})
    shows(page, re.compile("note.pdf: "))  # type: ignore[arg-type]
    page.get_by_role("textbox", name="Note").fill("word " * 5_000)
    page.get_by_role("button", name="Ask", exact=True).click()
    shows(page, "at most 20,000 are read")
    expect(page.get_by_label("Your question")).to_have_value(EXAMPLE)
    assert "thread=" not in page.url


def test_a_note_that_means_to_run_is_only_read(visit: Visit) -> None:
    page = visit()
    hostile = (
        "<img src=x onerror=\"document.title='run'\"> **bold** [link](javascript:alert(1)) :red[x] relief was 20 %"
    )
    page.get_by_text("Add a note").click()
    page.get_by_role("textbox", name="Note").fill(hostile)
    ask(page, "Is a second 62321 necessary for radiculopathy (M54.12)? <script>document.title='run'</script>")
    shows(page, "<script>document.title='run'</script>")
    expect(page).not_to_have_title("run")
    assert page.locator("img[src='x'], a[href^='javascript']").count() == 0


def word_file(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()
