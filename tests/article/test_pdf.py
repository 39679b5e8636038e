"""The article as PDF, read back with another library."""

import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pypdf import PdfReader

from rag.article.models import Answer, Claim, ClaimBasis, Kind, Review
from rag.article.pdf.document import answer_pdf
from rag.article.words import Labels
from tests.article.builders import ROWS, answer, determination, reference, row

REFERENCES, ROWS_OF_TWO_PAGES = 40, 60
HOSTILE = [
    "</para><para>next",
    "<b>bold</b> <i>it</i> <font size=90>large</font>",
    "salt & pepper &amp; &lt;&alpha;&#65;",
    '<img src="file:///etc/hostname"/>',
    '<img src="http://127.0.0.1:9/x.png" width="9" height="9"/>',
    '<a href="javascript:alert(1)">click</a>',
    '<onDraw name="x" label="y"/><seq id="z"/><br/>',
    "<!-- c --> <![CDATA[d]]> <?php e ?>",
    "{{braces}} %s %(name)s",
]


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def pages(content: bytes) -> list[str]:
    """The text of each page, every run of white space as one space."""
    return [" ".join(page.extract_text().split()) for page in read(content).pages]


def text(content: bytes) -> str:
    return " ".join(pages(content))


def squeezed(words: str) -> str:
    """Without any space: where lines break does not matter then."""
    return "".join(words.split())


def links(content: bytes) -> list[Any]:
    return [annotation.get_object() for page in read(content).pages for annotation in page.get("/Annots", [])]


def addresses(content: bytes) -> list[str]:
    return [str(link["/A"]["/URI"]) for link in links(content) if "/A" in link and "/URI" in link["/A"]]


def long_answer() -> Answer:
    """One that needs several pages, with a checklist that is longer than one."""
    numbers = range(1, REFERENCES + 1)
    claims = tuple(Claim(text=f"Point {n} is made.", basis=ClaimBasis.POLICY, citations=(n,)) for n in numbers)
    rows = tuple(row(f"criterion-{n}") for n in range(ROWS_OF_TWO_PAGES))
    cited = tuple(reference(n) for n in numbers)
    return answer(claims=claims, references=cited, determinations=(determination(rows=rows, parts=()),))


def test_every_page_says_which_it_is_of_how_many_and_what_the_document_is_for() -> None:
    found = pages(answer_pdf(long_answer()))
    assert len(found) > 4
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "For education and preparation of a review. A person decides" in page
        assert "Review status: submitted, pending human review." in page
        assert re.search(r"Document [0-9a-f]{12}, 2025-03-04", page)


def test_the_status_is_said_in_words_with_headline_and_review() -> None:
    first = pages(answer_pdf(answer()))[0]
    assert "62321: criteria not met under 1 of 1." in first
    assert "Status: Criteria not met" in first
    assert "Review status submitted, pending human review" in first


def test_an_approval_names_the_person_and_the_day() -> None:
    approved = answer().model_copy(
        update={"review": Review(status="approved", reviewer="Dr. Q. Lee", at=answer().last_updated)}
    )
    assert all("(Dr. Q. Lee) on 2025-03-04." in page for page in pages(answer_pdf(approved)))


def test_a_review_changes_no_document_id() -> None:
    reviewed = answer().model_copy(update={"review": Review(status="under_review", reviewer="Dr. Q. Lee")})
    ids = [set(re.findall(r"Document ([0-9a-f]{12})", text(answer_pdf(one)))) for one in (answer(), reviewed)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 1


def test_everything_the_markdown_shows_is_in_the_pdf() -> None:
    found = text(answer_pdf(answer(), labels=Labels(payers={"example": "Example Plan"})))
    for words in (
        "Is 62321 necessary after minimal relief?",
        "Example Plan: Title of plan-a (plan-a, version 2025-01-01): criteria not met",
        "A repeat needs half the pain gone. [1]",
        '(the question says: "minimal relief")',
        "(criteria check: repeat)",
        "Part: at least half the pain gone",
        "relief: at least 50 % (the record says otherwise)",
        "Which payer?",
        "The digest is not the policy.",
        "A person decides.",
        "Worded by the template writer",
    ):
        assert words in found, words
    assert all(squeezed(expected.label) in squeezed(found) for expected in ROWS)


def test_a_reference_has_publisher_version_window_check_quote_basis_and_a_link_to_follow() -> None:
    content = answer_pdf(answer(), bases={"plan-a#repeat": "confirmed in secondary accounts"})
    assert (
        "[1] Plan A epidural injections. Example Health Plan, version 2025-01-01, in force from 2025-01-01, "
        "last checked 2025-02-01; basis of the digest: confirmed in secondary accounts. "
        "\u201chalf the pain gone\u201d (plan-a#repeat) https://example.org/a"
    ) in text(content)
    assert addresses(content) == ["https://example.org/a"]


def test_each_number_in_the_text_leads_to_its_reference_and_the_reference_leads_back() -> None:
    content = answer_pdf(long_answer())
    reader = read(content)
    place_of = {getattr(page.indirect_reference, "idnum", 0): place for place, page in enumerate(reader.pages)}
    followed = [place_of[link["/Dest"][0].idnum] for link in links(content) if "/Dest" in link]
    shown_on = pages(content)
    assert len(followed) == 2 * REFERENCES
    for n, (forth, back) in enumerate(zip(followed[:REFERENCES], followed[REFERENCES:], strict=True), start=1):
        assert f"[{n}] Plan A epidural injections." in shown_on[forth]
        assert f"Point {n} is made. [{n}]" in shown_on[back]
    assert {int(n) for n in re.findall(r"\[(\d+)\]", text(content))} == set(range(1, REFERENCES + 1))


def test_a_number_without_a_reference_is_shown_and_leads_nowhere() -> None:
    claims = (Claim(text="Something.", basis=ClaimBasis.POLICY, citations=(1, 9)),)
    content = answer_pdf(answer(claims=claims))
    assert "Something. [1] [9]" in text(content)
    forth_and_back = [link for link in links(content) if "/Dest" in link]
    assert len(forth_and_back) == 2


def test_the_outline_has_the_sections_and_under_them_the_checklists() -> None:
    outline: list[Any] = list(read(answer_pdf(answer())).outline)
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    below = [entry.title for level in outline if isinstance(level, list) for entry in level]
    assert titles == [
        "62321: criteria not met under 1 of 1.",
        "Policies",
        "Determination",
        "The case as read",
        "Criteria checklist",
        "What is missing",
        "References",
        "Limitations",
        "Follow-up questions",
        "Review and disclaimer",
    ]
    assert "example: Title of plan-a (plan-a, version 2025-01-01): criteria not met" in below


def test_metadata_name_title_language_and_the_time_of_the_answer() -> None:
    reader = read(answer_pdf(answer()))
    assert reader.metadata is not None
    assert reader.metadata.title == "62321: criteria not met under 1 of 1."
    assert reader.metadata.author == "guideline-qa"
    assert reader.metadata.creation_date == answer().last_updated
    assert str(reader.root_object["/Lang"]) == "en"


def test_a_checklist_longer_than_a_page_repeats_its_column_headings() -> None:
    found = pages(answer_pdf(long_answer()))
    with_rows = [page for page in found if "label of criterion-" in page]
    assert len(with_rows) > 1
    assert all("Status Criterion Source" in page for page in with_rows)
    together = " ".join(found)
    assert all(f"label of criterion-{n} " in together for n in range(ROWS_OF_TWO_PAGES))


def test_the_same_answer_gives_the_same_bytes_in_every_thread() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(answer_pdf, [answer(), long_answer()] * 2))
    assert len(set(made)) == 2
    assert made[0] == answer_pdf(answer())


def test_another_answer_gives_another_document_id() -> None:
    other = answer(question="Is it?")
    assert text(answer_pdf(other))[:60] != text(answer_pdf(answer()))[:60]


def test_a_hypothetical_says_so_on_every_page_and_in_its_title() -> None:
    content = answer_pdf(long_answer().model_copy(update={"hypothesis": "pain relief: 60 %"}))
    found = pages(content)
    assert len(found) > 4
    assert all("HYPOTHETICAL, not in the record. Supposed: pain relief: 60 %" in page for page in found)
    metadata = read(content).metadata
    assert metadata is not None
    assert str(metadata.title).startswith("HYPOTHETICAL: ")


def test_a_long_supposition_is_cut_on_each_page_and_told_in_full_on_the_first() -> None:
    supposed = " and ".join(f"fact {n} is so" for n in range(40))
    found = pages(answer_pdf(long_answer().model_copy(update={"hypothesis": supposed})))
    assert squeezed(supposed) in squeezed(found[0])
    assert all("HYPOTHETICAL, not in the record. Supposed: fact 0 is so and" in page for page in found)
    assert all(" ..." in page for page in found)


def test_only_a_hypothetical_says_hypothetical() -> None:
    assert "hypothetical" not in text(answer_pdf(answer())).lower()


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_any_text_is_shown_as_it_was_written(words: str) -> None:
    claims = (Claim(text=words, basis=ClaimBasis.POLICY, citations=(1,)),)
    hostile = answer(
        question=words,
        claims=claims,
        references=(reference(quote=words),),
        determinations=(determination(reason=f"not met: {words}", rows=(row("code", label=words, note=words),)),),
    ).model_copy(update={"hypothesis": words, "limitations": (words,), "disclaimer": words})
    content = answer_pdf(hostile, labels=Labels(payers={"example": words}))
    assert squeezed(text(content)).count(squeezed(words)) >= 9
    assert addresses(content) == ["https://example.org/a"]
    assert not [page for page in read(content).pages if page.images]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "document:o.pdf", "#reference-1", "pdf:x", "data:text/html,x"],
)
def test_only_a_web_address_can_be_followed(url: str) -> None:
    content = answer_pdf(answer(references=(reference(url=url),)))
    assert addresses(content) == []
    assert squeezed(url) in squeezed(text(content))


def test_an_address_cannot_end_its_own_link() -> None:
    content = answer_pdf(answer(references=(reference(url='https://example.org/"><b>x</b> (é)'),)))
    assert addresses(content) == ['https://example.org/"><b>x</b>%20(%C3%A9)']


@pytest.mark.parametrize("words", ["x" * 8000, "word " * 20000, "", " \n\t ", "a\n\nb"])
def test_texts_of_any_length_and_shape_are_laid_out(words: str) -> None:
    found = text(answer_pdf(answer(question=words)))
    assert squeezed(words)[:500] in squeezed(found)


def test_a_row_taller_than_a_page_is_split() -> None:
    label = " ".join(f"word{n}" for n in range(3000))
    found = pages(answer_pdf(answer(determinations=(determination(rows=(row("code", label=label),)),))))
    assert squeezed("word0 word1") in squeezed(" ".join(found))
    assert "word2999" in " ".join(found)


@pytest.mark.parametrize("kind", [Kind.GUIDELINE, Kind.REFUSAL])
def test_an_answer_without_a_verdict_has_a_pdf_too(kind: Kind) -> None:
    claims = (Claim(text="No document speaks to it.", basis=ClaimBasis.CHECK),)
    found = text(answer_pdf(answer(kind=kind, claims=claims, references=())))
    assert "No document speaks to it." in found
    assert "criteria met" not in found


def test_reportlab_is_imported_only_when_a_pdf_is_made() -> None:
    asked = "import sys, rag.article.exports, rag.article.copied; print('reportlab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
