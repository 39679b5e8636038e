"""Real files to read: PDFs by reportlab, Word documents by python-docx, and damaged or hostile ones made of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these lines on its pages; a page without lines is a picture of a grey box."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=letter)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 720 - 14 * number, line)
        if not lines:
            canvas.rect(72, 72, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def locked(content: bytes, password: str) -> bytes:
    """The PDF under a password for opening; an empty one only restricts what may be done with it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    return _written(writer)


def circular_pdf() -> bytes:
    """A PDF whose tree of pages contains itself."""
    body = (
        b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>> endobj\n"
    )
    table = b"xref\n0 3\n0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n" % (
        body.index(b"1 0 obj"),
        body.index(b"2 0 obj"),
    )
    return body + table + b"trailer <</Size 3 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def word(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word_of(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return word(document)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The zip file with one part replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return file.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def _written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
