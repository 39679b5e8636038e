"""What is handed out: a table that runs no formula, and a page that needs nothing from elsewhere."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from evals.options import Options
from evals.worksheet import export, make
from evals.worksheet.cells import COLUMNS, guarded, sources_in, unguarded
from evals.worksheet.making import DRAWN
from evals.worksheet.page import page
from evals.worksheet.reading import read_worksheet
from evals.worksheet.sheet import Row, Worksheet, kind_of
from rag.errors import UserError
from rag.knowledge.library import Knowledge
from tests.app.chat.conftest import CHROMIUM, FLAGS


def kinds(sheet: Worksheet, knowledge: Knowledge) -> list[str | None]:
    return [kind_of(row.id, row.question, row.sentence, row.sources, knowledge) for row in sheet.rows]


def of_several(sheet: Worksheet) -> Row:
    return next(row for row in sheet.rows if len(row.passages) > 1)


def test_every_row_shows_its_passages_in_full_with_title_version_and_marked_words(
    sheet: Worksheet, knowledge: Knowledge
) -> None:
    for row in sheet.rows:
        for passage in row.passages:
            document, section = knowledge.section(passage.source)
            assert passage.text == section.text
            assert passage.shown.startswith(f"[{passage.number}] {document.title} ({document.version}): ")
            assert f"«{passage.quote}»" in passage.shown


def test_some_rows_cite_passages_drawn_by_lot_and_none_of_the_documents_cited(
    sheet: Worksheet, knowledge: Knowledge
) -> None:
    found = kinds(sheet, knowledge)
    assert found.count("drawn") == len(sheet.rows) // DRAWN
    assert None not in found


def test_nothing_in_the_files_tells_a_drawn_row(sheet: Worksheet, tmp_path: Path) -> None:
    for file in export(sheet, tmp_path / "out"):
        assert not re.search(r"\bdrawn\b|\bdecoy\b", file.read_text(encoding="utf-8-sig"))


def test_the_table_is_utf_8_with_a_mark_and_holds_a_line_for_each_row(sheet: Worksheet, tmp_path: Path) -> None:
    table, shown = export(sheet, tmp_path / "new" / "folder")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    with table.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = list(csv.reader(lines))
    assert tuple(header) == COLUMNS
    assert [row[0] for row in rows] == [row.id for row in sheet.rows]
    assert all(row[-3:] == ["", "", ""] for row in rows)
    assert shown.name == "worksheet.html"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "'=1"])
def test_a_cell_never_begins_as_a_formula_and_comes_back_as_it_was(text: str) -> None:
    assert guarded(text)[0] == "'"
    assert unguarded(guarded(text)) == text


def test_words_that_begin_no_formula_stay_as_they_are() -> None:
    assert guarded("50 % of 3 = 1.5") == "50 % of 3 = 1.5"


@pytest.mark.parametrize("cell", ["", "1", "2=a#b", "1=a#b; 3=c#d", "1=", "x=a#b"])
def test_sources_that_do_not_count_up_from_1_are_no_sources(cell: str) -> None:
    assert sources_in(cell) is None


def test_a_worksheet_is_never_written_over_another(sheet: Worksheet, tmp_path: Path) -> None:
    export(sheet, tmp_path)
    with pytest.raises(UserError, match="may hold judgements"):
        export(sheet, tmp_path)


def test_a_folder_that_cannot_be_written_is_named(sheet: Worksheet, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="Name another folder"):
        export(sheet, tmp_path / "file" / "folder")


def test_the_page_needs_nothing_from_elsewhere_and_runs_no_word_of_a_sentence(sheet: Worksheet) -> None:
    text = page(sheet)
    assert not re.search(r"""(?<!link\.)\b(?:src|href)\s*=|url\(|@import""", text)
    assert "<b>" not in text.partition("<form")[2]
    assert "&lt;b&gt;" in text
    assert text.count("<article") == len(sheet.rows)


def test_two_sheets_of_the_same_seed_are_the_same_and_hold_the_systems_sentences() -> None:
    first, second = (make(Options(limit=6)) for _ in range(2))
    assert first == second
    assert len(first.rows) == 6
    assert len({row.sentence for row in first.rows}) == 6


@pytest.fixture
def opened(sheet: Worksheet, tmp_path: Path) -> Iterator[Page]:
    _, shown = export(sheet, tmp_path)
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: install Debian's package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        shown_page = browser.new_page()
        shown_page.goto(shown.as_uri())
        yield shown_page
        browser.close()


def test_what_is_ticked_in_a_browser_comes_back(
    opened: Page, sheet: Worksheet, knowledge: Knowledge, tmp_path: Path
) -> None:
    several = sheet.rows.index(of_several(sheet))
    other = (several + 1) % len(sheet.rows)
    opened.check(f'[name="supported-{several}"][value="yes"]')
    opened.check(f'[name="needed-{several}"][value="2"]')
    opened.check(f'[name="supported-{other}"][value="partly"]')
    opened.fill(f'[name="comment-{other}"]', '=a "quote", and\na line')
    assert opened.text_content("#count") == f"2 of {len(sheet.rows)} judged"
    opened.reload()
    assert opened.text_content("#count") == f"2 of {len(sheet.rows)} judged"
    with opened.expect_download() as download:
        opened.click("#save")
    file = tmp_path / "anna.csv"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    filled = read_worksheet(file, knowledge)
    by_id = {one.id: one for one in filled.ratings}
    assert (filled.rows, len(by_id)) == (len(sheet.rows), 2)
    assert by_id[sheet.rows[several].id].needed == (False, True)
    assert by_id[sheet.rows[other].id].comment == '=a "quote", and\na line'
