"""The text of real files, as a person would read it."""

from __future__ import annotations

import gzip
import json

import docx
import pytest
from docx.oxml import OxmlElement

from ingest.extract import Kind, extract_text
from tests.ingest.extract.builders import locked, part_of, pdf, with_part, word, word_of

pytestmark = pytest.mark.usefixtures("here")

NOTE = "Relief of 60 % for 3 months – pain 8/10 → 3/10 at 38 °C."


@pytest.mark.parametrize(
    ("encoding", "mark", "noticed"),
    [
        ("utf-8", b"", False),
        ("utf-8-sig", b"", False),
        ("utf-16", b"", False),
        ("utf-16-be", b"\xfe\xff", False),
        ("utf-32", b"", False),
    ],
)
def test_unicode_text_is_read_in_each_of_its_encodings(encoding: str, mark: bytes, noticed: bool) -> None:
    extracted = extract_text("note.txt", mark + NOTE.encode(encoding))
    assert (extracted.text, extracted.kind, extracted.pages) == (NOTE, Kind.TEXT, {})
    assert bool(extracted.notices) is noticed


def test_text_of_old_windows_is_read_and_said_to_be() -> None:
    extracted = extract_text("note.txt", "Pain – “worse” at 38 °C".encode("cp1252"))
    assert extracted.text == "Pain – “worse” at 38 °C"
    assert "Windows-1252" in extracted.notices[0]


def test_line_ends_and_unseen_characters_are_tidied() -> None:
    turned = "Relief 80\u202e %\u200b\r\nfor 2 weeks\x00 \r\r\r\rdone"
    assert extract_text("note.txt", turned.encode()).text == "Relief 80 %\nfor 2 weeks\n\ndone"


def test_the_pages_of_a_pdf_keep_their_numbers() -> None:
    extracted = extract_text("note.pdf", pdf([["First page.", "Relief of 40 %."], [], ["Third page."]]))
    assert extracted.text == "First page.\nRelief of 40 %.\n\nThird page."
    assert extracted.pages[1] == 0
    assert extracted.text[extracted.pages[3] :] == "Third page."
    assert [extracted.page_at(extracted.text.index(word)) for word in ("First", "40", "Third")] == [1, 1, 3]
    assert extracted.notices == ("No text was found on page 2 of 3: blank, or a picture of text.",)


def test_a_sentence_broken_at_the_margin_of_a_pdf_is_one_line_again() -> None:
    lines = [
        "She had an interlaminar cervical epidural steroid injection with a relief of",
        "60 % that lasted for three months and then wore off.",
        "Gabapentin",
        "No fever",
    ]
    assert extract_text("note.pdf", pdf([lines])).text.split("\n") == [f"{lines[0]} {lines[1]}", *lines[2:]]


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert extract_text("note.pdf", locked(pdf([["Readable."]]), "")).text == "Readable."


def test_a_word_document_gives_paragraphs_lists_tables_and_headings_in_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Letterhead of the clinic"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_heading("History", level=1)
    document.add_paragraph("Pain for 8 weeks.")
    document.add_paragraph("gabapentin", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Date", "Relief", "2024-05-01", "40 %"), strict=True):
        cell.text = text
    document.add_paragraph("After the table.")
    extracted = extract_text("note.docx", word(document))
    assert extracted.text == (
        "History\nPain for 8 weeks.\n- gabapentin\n\nDate | Relief\n2024-05-01 | 40 %\n\nAfter the table."
    )
    (heading,) = extracted.headings
    assert (extracted.text[heading.start : heading.end], heading.level) == ("History", 1)
    assert extracted.kind is Kind.DOCX


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Relief was ")
    for tag, text in (("w:del", "80 %"), ("w:ins", "20 %")):
        change, run = OxmlElement(tag), OxmlElement("w:r")
        words = OxmlElement("w:delText" if tag == "w:del" else "w:t")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    extracted = extract_text("note.docx", word(document))
    assert extracted.text == "Relief was 20 %"
    assert "tracked changes" in extracted.notices[0]


def test_text_in_content_controls_is_not_lost() -> None:
    content = word_of("Inside.")
    xml = part_of(content, "word/document.xml").decode()
    start, end = xml.index("<w:p>"), xml.index("</w:p>") + len("</w:p>")
    wrapped = f"{xml[:start]}<w:sdt><w:sdtContent>{xml[start:end]}</w:sdtContent></w:sdt>{xml[end:]}"
    assert extract_text("note.docx", with_part(content, "word/document.xml", wrapped.encode())).text == "Inside."


@pytest.mark.parametrize("name", ["record.json", "record.json.gz", "record.txt", "record"])
@pytest.mark.parametrize("packed", [False, True])
def test_json_is_handed_on_as_it_stands_packed_or_not(name: str, packed: bool) -> None:
    text = json.dumps({"resourceType": "Patient", "note": ["a [ in a string", "x"]})
    extracted = extract_text(name, gzip.compress(text.encode()) if packed else text.encode())
    assert (extracted.kind, extracted.text) == (Kind.JSON, text)


def test_a_note_that_begins_with_a_bracket_is_no_json() -> None:
    assert extract_text("note.txt", b"[sic] pain 8/10 {left}").kind is Kind.TEXT


def test_a_pdf_damaged_inside_says_that_something_may_be_missing() -> None:
    whole = pdf([["Relief of 40 % for two weeks."] * 30, ["The second page."]])
    start = whole.index(b"stream\n") + 60
    damaged = whole[:start] + b"!!!!" + whole[start + 4 :]
    extracted = extract_text("note.pdf", damaged)
    assert extracted.text.endswith("The second page.")
    assert "Relief" not in extracted.text
    assert "damaged in places" in extracted.notices[0]
