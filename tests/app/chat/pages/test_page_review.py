"""From an article to its approval, and out of the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.app.chat.pages.conftest import Visit
from tests.app.chat.pages.steps import PATIENCE, ask, settled, shows

QUESTION = "Is 62321 necessary for radiculopathy (M54.12) under Aetna after a CESI with 40 % relief?"
REVIEWER = "A. Reviewer"


def test_an_article_is_submitted_struck_and_approved_by_a_person(visit: Visit) -> None:
    page = visit()
    ask(page, QUESTION)
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_role("button", name="Review: submitted").click()
    page.get_by_role("button", name="Take up for review").click()
    shows(page, "give your name")

    page.get_by_label("Your name").fill(REVIEWER)
    page.get_by_label("Your name").press("Tab")
    strike_first_alternative(page)
    shows(page, f"{REVIEWER} struck a sentence: not asked for")

    page.get_by_role("button", name="Take up for review").click()
    shows(page, f"{REVIEWER} took it up")
    page.get_by_role("button", name="Approve").click()
    shows(page, f"{REVIEWER} approved it")
    shows(page, f"Approved by {REVIEWER}")

    page.get_by_role("button", name="All reviews").click()
    page.get_by_text("Approved", exact=True).click()
    page.get_by_role("button", name=re.compile(f"approved by {REVIEWER}")).first.click()
    page.get_by_role("button", name="Open the thread").click()
    shows(page, f"Approved by {REVIEWER}")
    expect(page.get_by_role("button", name="Review: approved")).to_be_visible(timeout=PATIENCE)


def strike_first_alternative(page: Page) -> None:
    page.get_by_text("Strike a sentence").click()
    page.get_by_role("combobox", name="Section").click()
    page.get_by_role("option", name="Alternatives").click()
    settled(page)
    page.get_by_role("radiogroup", name="Sentence").get_by_text(re.compile("^1\\. ")).click()
    settled(page)
    page.get_by_label("Reason").fill("not asked for")
    page.get_by_label("Reason").press("Tab")
    page.get_by_role("button", name="Strike it").click()


@pytest.fixture
def exported(visit: Visit, tmp_path: Path) -> dict[str, Path]:
    """Every export of one article, by the words on its button."""
    page = visit()
    ask(page, QUESTION)
    settled(page)
    page.wait_for_timeout(1_000)  # the page scrolls to the article, and a menu that is open by then stays behind
    page.get_by_role("button", name="Export").scroll_into_view_if_needed()
    page.get_by_role("button", name="Export").click()
    files = {}
    for label in ("PDF", "Markdown", "JSON", "Letter, PDF", "Letter, Markdown", "Letter, plain text"):
        with page.expect_download(timeout=PATIENCE) as download:
            page.get_by_role("button", name=label, exact=True).click()
        files[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[label])
    return files


def test_an_article_leaves_in_every_form(exported: dict[str, Path]) -> None:
    assert json.loads(exported["JSON"].read_text())["verdict"]["status"] == "needs_documentation"
    assert "Needs documentation" in exported["Markdown"].read_text().replace("needs", "Needs")
    assert "References" in pdf_text(exported["PDF"])
    assert "Request for missing documentation" in pdf_text(exported["Letter, PDF"])
    for letter in ("Letter, Markdown", "Letter, plain text"):
        assert "Request for missing documentation" in exported[letter].read_text()
    assert len({file.name for file in exported.values()}) == len(exported)


def pdf_text(file: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(file).pages)
