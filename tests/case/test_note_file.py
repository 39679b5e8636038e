"""A note from a file: whatever its kind, either its whole text or a sentence about what to do."""

from __future__ import annotations

import pytest

from ingest.extract import Kind
from rag.case.knowledge import Lexicon
from rag.case.note_file import note_of_file
from rag.case.reader import read_case
from rag.errors import UserError
from tests.case.fhir_records import bundle, condition, document
from tests.ingest.extract.builders import pdf, word_of

STORY = "Prior cervical ESI with 60 % relief for 3 months."


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("note.txt", STORY.encode(), Kind.TEXT),
        ("note.pdf", pdf([[STORY]]), Kind.PDF),
        ("note.docx", word_of(STORY), Kind.DOCX),
        ("record.json", bundle(document(STORY)).encode(), Kind.JSON),
    ],
)
def test_the_same_story_gives_the_same_facts_from_a_file_of_any_kind(
    name: str, content: bytes, kind: Kind, lexicon: Lexicon
) -> None:
    note = note_of_file(name, content, knowledge=lexicon, longest=20_000)
    assert note.kind is kind
    read = {fact.id: str(fact.value) for fact in read_case(note.text, knowledge=lexicon).facts}
    assert read == {fact.id: str(fact.value) for fact in read_case(STORY, knowledge=lexicon).facts}
    assert {"prior_injection.given", "prior_injection.relief"} <= read.keys()


def test_a_note_that_is_too_long_is_refused_with_what_would_fit(lexicon: Lexicon) -> None:
    pages = [[f"Page {number} has some forty characters on it."] for number in range(1, 6)]
    with pytest.raises(UserError, match=r"note\.pdf: .* \(on 5 pages; the first 2 would fit\); at most 100 are read"):
        note_of_file("note.pdf", pdf(pages), knowledge=lexicon, longest=100)
    with pytest.raises(UserError, match=r"note\.txt: the text has 101 characters; at most 100 are read\. Save"):
        note_of_file("note.txt", b"a" * 101, knowledge=lexicon, longest=100)


def test_a_record_that_is_too_long_is_shortened_with_a_notice(lexicon: Lexicon) -> None:
    record = bundle(*(condition(f"Condition {number}") for number in range(50))).encode()
    note = note_of_file("record.json", record, knowledge=lexicon, longest=300)
    assert len(note.text) <= 300
    assert "longer than 300 characters" in note.notices[0]


def test_a_file_that_cannot_be_read_is_the_users_to_mend(lexicon: Lexicon) -> None:
    with pytest.raises(UserError, match=r"scan\.pdf: .*OCR"):
        note_of_file("scan.pdf", pdf([[]]), knowledge=lexicon, longest=100)
