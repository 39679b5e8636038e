"""What the fonts of the PDF can show, and what stands for the rest."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from rag.article.pdf.document import answer_pdf
from rag.article.pdf.glyphs import glyphs, markup, shown
from tests.article.builders import answer

CLINICAL = "≥ ≤ – — “ ” ’ ° × µ é ± ½ ² • … ™ ® §"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CLINICAL, CLINICAL),
        ("5 μg", "5 µg"),
        ("C6\u2011C7", "C6-C7"),
        ("e\u0301tat", "état"),
        ("中", "[U+4E2D]"),
        ("中文 ok", "[U+4E2D U+6587] ok"),
        ("Боль", "[U+0411 U+043E U+043B U+044C]"),
        ("α-blocker", "[U+03B1]-blocker"),
        ("🙂", "[U+1F642]"),
        ("↳", "[U+21B3]"),
        ("\uffff", "[U+FFFF]"),
        ("\ue000", "[U+E000]"),
        ("abc\u202edef", "abc def"),
        ("a\x00b\x1b[31m", "a b [31m"),
        ("half \ud800 pair", "half pair"),
    ],
)
def test_signs_are_shown_or_named(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_nothing_is_left_that_the_fonts_cannot_show(text: str) -> None:
    assert all(ord(sign) in glyphs() for sign in shown(text))


@given(st.text(max_size=40))
def test_markup_holds_no_sign_that_could_open_a_tag(text: str) -> None:
    assert "<" not in markup(text)


def test_what_is_shown_can_be_selected_and_read_back() -> None:
    content = answer_pdf(answer(question=f"{CLINICAL} 中文 Боль"))
    found = " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    assert f"{CLINICAL} [U+4E2D U+6587] [U+0411 U+043E U+043B U+044C]" in found
