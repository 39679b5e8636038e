"""A file that cannot or must not be read is refused with what is wrong and what to do, and in bounded time."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
import zlib

import pytest

from ingest.extract import ExtractError, extract_text, limits
from ingest.extract.models import Kind
from ingest.extract.worker import extract_apart
from tests.ingest.extract.builders import circular_pdf, locked, part_of, pdf, with_part, word_of

PDF = pdf([["Relief of 40 %."]])
DOCX = word_of("Relief of 40 %.")


def zip_of(name: str, part: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, part)
    return file.getvalue()


def entities() -> bytes:
    declared = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    xml = part_of(DOCX, "word/document.xml")
    head, mark, rest = xml.partition(b"?>")
    rest = rest.replace(b"Relief", b"&b;&f;Relief")
    return with_part(DOCX, "word/document.xml", head + mark + declared + rest)


@pytest.mark.parametrize(
    ("name", "content", "problem", "remedy"),
    [
        ("note.txt", b"", "is empty", "Upload"),
        ("note.txt", b" \n\t ", "is empty", "Upload"),
        ("note.txt", "\u200b\u200b".encode(), "holds no text", "Upload"),
        ("note.txt", bytes(range(256)) * 4, "of a kind that cannot be read", "Save it as UTF-8"),
        ("note.txt", b"\xff\xfea", "damaged or cut off", "Save it as UTF-8"),
        ("note.pdf", b"Just text.", "by its name it is a PDF, by its content plain text", "right file"),
        ("note.txt", PDF, "by its name it is plain text, by its content a PDF", "right file"),
        ("note.docx", PDF, "by its name it is a Word document, by its content a PDF", "right file"),
        ("record.json", b"Just text.", "by its name it is JSON, by its content plain text", "right file"),
        ("note.pdf", PDF[: len(PDF) // 3], "cut off", "export it again"),
        ("note.pdf", b"%PDF-1.7\n" + b"\x00" * 500 + b"%%EOF", "damaged or cut off", "Export it again"),
        ("note.pdf", locked(PDF, "secret"), "encrypted", "without a password"),
        ("scan.pdf", pdf([[], []]), "holds no text", "OCR"),
        ("note.docx", DOCX[: len(DOCX) // 2], "damaged or cut off", "Save or download it again"),
        ("note.docx", with_part(DOCX, "word/document.xml", b"<w:document"), "is damaged", "Open it in Word"),
        ("note.docx", with_part(DOCX, "[Content_Types].xml", b""), "is damaged", "Open it in Word"),
        ("note.docx", word_of(""), "holds no text", "OCR"),
        ("note.docx", entities(), "declares XML entities", "Do not trust it"),
        ("note.docx", zip_of("a.txt", b"x"), "no Word document", "Unpack it"),
        ("note.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file", "save it as .docx"),
        ("note.rtf", rb"{\rtf1 text}", "rich text", "save it as .docx"),
        ("scan.png", b"\x89PNG\r\n", "a picture", "OCR"),
        ("page.html", b"<!DOCTYPE html><p>x", "a web page", "Save it as"),
        ("cda.xml", b"<?xml version='1.0'?><ClinicalDocument/>", "XML", "Save it as"),
        ("record.json", b'{"a":' + b"[" * 5000, "levels deep", "FHIR R4"),
        ("record.json.gz", gzip.compress(b'{"a": 1}')[:-9], "cut off", "again"),
        ("record.json.gz", b"\x1f\x8b\x08\x00" + b"\xff" * 40, "damaged", "again"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    name: str, content: bytes, problem: str, remedy: str, here: None
) -> None:
    with pytest.raises(ExtractError) as caught:
        extract_text(name, content)
    assert caught.value.name == name
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_a_page_tree_that_contains_itself_ends_in_a_refusal() -> None:
    start = time.monotonic()
    with pytest.raises(ExtractError, match=r"damaged|holds no text"):
        extract_text("loop.pdf", circular_pdf())
    assert time.monotonic() - start < 10


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(ExtractError, match=r"longer than 0\.01 seconds\. Save it again"):
        extract_text("slow.pdf", PDF, seconds=0.01)


def test_a_file_that_takes_too_much_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMORY", 20_000_000)
    with pytest.raises(ExtractError, match="memory"):
        extract_apart("big.pdf", PDF, Kind.PDF)


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * 10**7) for _ in range(12)) + packer.flush()
    assert len(bomb) < 1_000_000
    with pytest.raises(ExtractError, match="unpacks to more than 100 MB"):
        extract_text("record.json.gz", bomb)


def test_a_word_document_that_is_a_zip_bomb_is_refused() -> None:
    bomb = with_part(DOCX, "word/media/image1.bin", b"\x00" * (limits.MOST_EXPANDED_BYTES + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(ExtractError, match="unpacks to more than 100 MB"):
        extract_text("note.docx", bomb)


def test_a_huge_file_is_refused_by_its_size_alone() -> None:
    with pytest.raises(ExtractError, match=r"25\.0 MB; at most 25 MB"):
        extract_text("note.txt", b"a" * (limits.MOST_BYTES + 1))


def test_a_pdf_of_too_many_pages_and_a_text_of_too_many_characters_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 20)
    with pytest.raises(ExtractError, match="21 characters; at most 20"):
        extract_text("note.txt", b"a" * 21)
    monkeypatch.setattr(limits, "MOST_PAGES", 2)
    from ingest.extract.pdf import pdf_text

    with pytest.raises(ExtractError, match="3 pages; at most 2"):
        pdf_text("note.pdf", pdf([["a"], ["b"], ["c"]]))


def test_the_name_in_a_message_is_printable_short_and_without_folders() -> None:
    with pytest.raises(ExtractError) as caught:
        extract_text("..\\..//secret/\x1b[31m" + "x" * 200 + ".txt", b"")
    assert caught.value.name.startswith("?[31mxxx")
    assert len(caught.value.name) == 80


def test_a_pdf_and_a_word_document_are_read_in_a_process_of_their_own() -> None:
    assert extract_text("note.pdf", PDF).text == extract_text("note.docx", DOCX).text == "Relief of 40 %."
