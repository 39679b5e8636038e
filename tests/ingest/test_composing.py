"""A plain text and a form become a document that loads strictly, whatever is written in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.composing import Form, compose, suggested_id
from ingest.documents import Document, load_document
from ingest.extract import Extracted, Heading, Kind

FORM = Form(
    id="plan-c-epidural",
    title="Plan C epidural injections",
    publisher="Plan C",
    kind="policy",
    url="https://example.org/plan-c",
    jurisdiction="US commercial",
    version="2026-01",
    effective_from=date(2026, 1, 1),
    effective_to=None,
    last_checked=date(2026, 11, 1),
    copyright="(c) Plan C; digest in own words",
    cpt=("62321", "62323"),
    icd10cm=("M54.12",),
)


def text(words: str) -> Extracted:
    return Extracted(text=words, kind=Kind.TEXT)


def loaded(root: Path, extracted: Extracted, form: Form = FORM) -> Document:
    folder = root / "policies" / form.id
    folder.mkdir(parents=True)
    (folder / "document.md").write_text(compose(form, extracted), encoding="utf-8")
    return load_document(folder)


def test_the_form_becomes_front_matter_with_an_unconfirmed_basis(tmp_path: Path) -> None:
    document = loaded(tmp_path, text("A repeat needs relief."))
    assert (document.title, document.version, document.basis) == (FORM.title, "2026-01", "unconfirmed")
    assert (document.effective.start, document.effective.end) == (date(2026, 1, 1), None)
    assert (document.codes.cpt, document.codes.icd10cm) == (("62321", "62323"), ("M54.12",))


def test_headings_of_markdown_become_sections_with_anchors_of_their_own(tmp_path: Path) -> None:
    words = "# Plan C\n\nIntro.\n\n### Repeat injections {#old}\n\nText.\n\n## Repeat injections\n\nMore.\n\n## Empty\n"
    document = loaded(tmp_path, text(words))
    assert [(s.anchor, s.heading, s.text) for s in document.sections] == [
        ("plan-c", "Plan C", "Intro."),
        ("repeat-injections", "Repeat injections", "Text."),
        ("repeat-injections-2", "Repeat injections", "More."),
    ]


def test_the_pages_of_a_pdf_become_sections_that_name_them(tmp_path: Path) -> None:
    pages = Extracted(text="One.\n# no heading\n\nThree.", pages={1: 0, 2: 19, 3: 19}, kind=Kind.PDF)
    document = loaded(tmp_path, pages)
    assert [(s.anchor, s.heading) for s in document.sections] == [("page-1", "Page 1"), ("page-3", "Page 3")]


def test_the_headings_of_a_word_document_become_sections(tmp_path: Path) -> None:
    words = "Before.\nScope\nInside.\n## not a heading"
    document = loaded(tmp_path, Extracted(text=words, kind=Kind.DOCX, headings=(Heading(start=8, end=13, level=1),)))
    assert [(s.anchor, s.text) for s in document.sections] == [
        ("summary", "Before."),
        ("scope", "Inside.\n ## not a heading"),
    ]


HOSTILE = [
    "<script>alert(1)</script>",
    "# {#x use=safety}",
    '"\nbasis: publisher\nid: "other',
    "!!python/object:os.system [x]",
    "*alias &anchor << {a: b}",
    "null",
    "2026-01-01",
    "---",
    "a: b # comment",
    "[click](javascript:alert(1)) ![x](http://example.org/x.png)",
    "'; DROP TABLE documents; --",
    "tab\tand\x00nul\u202e",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_a_form_or_heading_stay_words(words: str, tmp_path: Path) -> None:
    form = replace(FORM, title=f"A {words}", publisher=f"{words}.", version=words, jurisdiction=words, copyright=words)
    document = loaded(tmp_path, text(f"## {words}\n\nText: {words}\n---\nend"), form)
    assert document.title.split()[0] == "A"
    assert document.title == " ".join(f"A {words}".replace("\x00", "").replace("\u202e", "").split())
    assert (document.id, document.basis) == (FORM.id, "unconfirmed")
    assert len(document.sections) == 1


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Épidurale: Injections (CPB 0016)", "epidurale-injections-cpb-0016"),
        ("../../etc/passwd", "etc-passwd"),
        ("针灸", "document"),
        ("x" * 200, "x" * 60),
    ],
)
def test_an_id_is_suggested_from_the_title(title: str, expected: str) -> None:
    assert suggested_id(title) == expected
