"""The documents page: what is there, and a document that is added while the page runs."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from ingest.documents import corpus_root, load_documents
from tests.app.chat.pages.conftest import Visit
from tests.app.chat.pages.steps import PATIENCE, shows

DOCUMENTS = len(load_documents(corpus_root()))
TITLE = "<img src=x onerror=\"document.title='run'\"> **Hyaluronidase** [here](javascript:alert(1))"
TEXT = (
    "# Hyaluronidase in epidural injections\n\n"
    "Hyaluronidase in cervical epidural injections prolonged pain relief in one small trial of 60 patients.\n"
)


def add(page: Page, title: str) -> None:
    page.get_by_text("Add a document").click()
    page.get_by_text("A text, with fields to fill in").click()
    expect(page.get_by_label("Files: document.md")).to_have_count(0, timeout=PATIENCE)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "text.md", "mimeType": "text/markdown", "buffer": TEXT.encode()}
    )
    fields = {
        "Title": title,
        "Publisher": "A society of ours",
        "Address of the original": "https://example.org/hyaluronidase",
        "Where it holds": "everywhere",
        "Version": "2026",
        "Copyright": "ours",
    }
    for label, value in fields.items():
        box = page.get_by_role("textbox", name=label, exact=True)
        box.fill(value)
        box.press("Tab")
    page.get_by_role("button", name="Add it").click()


def test_documents_are_listed_and_opened_by_link(visit: Visit) -> None:
    page = visit("/documents")
    shows(page, f"of {DOCUMENTS} documents")
    page = visit("/documents?document=aetna-cpb-0016")
    shows(page, "Back Pain")
    shows(page, "in force")
    original = re.compile("^https://www.aetna.com/")
    expect(page.get_by_role("link", name="Open the original")).to_have_attribute("href", original)


def test_a_document_is_added_to_the_running_page_and_its_title_does_not_run(visit: Visit) -> None:
    page = visit("/documents")
    add(page, "")
    shows(page, "Not filled in: title")
    page = visit("/documents")
    add(page, TITLE)
    shows(page, "Answers rest on it from now on")
    shows(page, f"of {DOCUMENTS + 1} documents")
    box = page.get_by_role("combobox", name="Open a document")
    box.click()
    box.fill("Hyaluronidase")
    page.get_by_role("option", name=re.compile("Hyaluronidase")).click()
    shows(page, "passage in the index")
    shows(page, TITLE.partition("(")[0])  # what follows holds a sign that shows nothing, so that it is no link
    shows(page, "Hyaluronidase in cervical epidural injections prolonged pain relief")
    expect(page).not_to_have_title("run", timeout=PATIENCE)
    assert page.locator("img[src='x'], a[href^='javascript']").count() == 0
