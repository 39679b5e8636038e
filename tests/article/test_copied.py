"""What lands in the clipboard."""

from rag.article.copied import copied_claim, copied_section
from rag.article.models import Claim, ClaimBasis
from rag.article.pdf.sheet import PURPOSE
from tests.article.builders import answer, reference

TWO = answer(
    claims=(
        Claim(text="First.", basis=ClaimBasis.POLICY, citations=(2,)),
        Claim(text="Second.", basis=ClaimBasis.POLICY, citations=(2, 3)),
    ),
    references=tuple(reference(n) for n in (1, 2, 3)),
)
SOURCE = (
    "Plan A epidural injections. Example Health Plan, version 2025-01-01, in force from 2025-01-01 "
    "(plan-a#repeat). https://example.org/a"
)


def test_a_sentence_comes_with_its_references_under_their_own_numbers() -> None:
    assert copied_claim(TWO.sections[0].claims[0], TWO) == f"First. [2]\n\n2. {SOURCE}\n"


def test_a_section_names_each_reference_once() -> None:
    expected = f"Determination\n\nFirst. [2]\nSecond. [2] [3]\n\n2. {SOURCE}\n3. {SOURCE}\n"
    assert copied_section(TWO.sections[0], TWO) == expected


def test_words_of_the_record_and_the_check_are_named_as_such() -> None:
    copied = copied_section(answer().sections[0], answer())
    assert 'The relief was below that. (the question says: "minimal relief")' in copied
    assert "One criterion fails. (criteria check: repeat)" in copied


def test_what_the_check_found_is_not_copied_without_saying_that_a_person_decides() -> None:
    assert copied_section(answer().sections[0], answer()).endswith(f"\n\n{PURPOSE}\n")
    assert PURPOSE not in copied_section(TWO.sections[0], TWO)


def test_a_hypothetical_is_copied_as_one() -> None:
    supposing = TWO.model_copy(update={"hypothesis": "relief: 60 %"})
    copied = copied_claim(supposing.sections[0].claims[0], supposing)
    assert copied.startswith("HYPOTHETICAL, not in the record. Supposed: relief: 60 %.\n\nFirst. [2]")


def test_nothing_that_is_pasted_can_steer_a_terminal_or_begin_a_line() -> None:
    hostile = answer(claims=(Claim(text="a\x1b[31m\u202eb\r\nrm -rf", basis=ClaimBasis.POLICY, citations=(1,)),))
    assert copied_claim(hostile.sections[0].claims[0], hostile).splitlines()[0] == "a [31m b rm -rf [1]"
