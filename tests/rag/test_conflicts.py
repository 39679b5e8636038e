"""Which conflicts between guidelines and policies a real answer shows."""

from datetime import date

import pytest

from rag.article.models import Answer, ConflictNote, Kind
from rag.criteria.determination import Status
from tests.rag.conftest import EXAMPLE, Ask


def kinds(note: ConflictNote) -> set[str]:
    return {side.kind for side in note.sides}


def policies(answer: Answer) -> set[str]:
    return {side.document_id for note in answer.conflicts for side in note.sides if side.kind == "policy"}


def named(answer: Answer) -> set[str]:
    return {note.id for note in answer.conflicts}


def test_the_example_shows_a_guideline_against_payers(example: Answer) -> None:
    against = [note for note in example.conflicts if {"guideline", "policy"} <= kinds(note)]
    assert against
    assert {"bmj-2025-rapidrec", "medicare-lcd-esi"} <= {side.document_id for note in against for side in note.sides}


def test_every_conflict_has_a_policy_that_was_decided_and_another_document(example: Answer) -> None:
    decided = {found.policy_id for found in example.determinations if found.status is not Status.NOT_APPLICABLE}
    assert policies(example) <= decided
    assert all("policy" in kinds(note) and kinds(note) != {"policy"} for note in example.conflicts)


@pytest.mark.parametrize(
    ("payer", "left"), [("aetna", {"aetna-cpb-0016"}), ("medicare", {"medicare-lcd-esi"}), ("credence", {"mp-303"})]
)
def test_with_a_payer_only_its_sides_are_left(payer: str, left: set[str], ask_about: Ask) -> None:
    assert policies(ask_about(EXAMPLE, payer=payer)) == left


def test_a_request_for_the_low_back_shows_no_conflict_about_the_neck(ask_about: Ask) -> None:
    found = ask_about("Is 62323 necessary for M54.16 after a lumbar ESI with minimal relief?")
    assert "long-radicular-pain" in named(found)
    assert not [note for note in found.conflicts if "neck" in note.point]


def test_a_member_of_a_policy_family_speaks_only_as_far_as_its_criteria_are_confirmed(ask_about: Ask) -> None:
    compared, not_compared = (ask_about(EXAMPLE, payer="medicare", state=state) for state in ("WA", "TX"))
    assert policies(compared) == {"medicare-lcd-esi"}
    assert policies(not_compared) == set()
    assert not_compared.conflicts == ()


def test_a_guideline_not_yet_published_is_no_side(ask_about: Ask) -> None:
    sides = {side.document_id for note in ask_about(EXAMPLE, on=date(2024, 12, 1)).conflicts for side in note.sides}
    assert sides and not sides & {"bmj-2025-rapidrec", "aan-2025"}


@pytest.mark.parametrize(
    "question",
    ["What does the evidence say about cervical epidural steroid injections?", "Is a facelift covered by Aetna?"],
)
def test_where_nothing_is_decided_no_conflict_is_shown(question: str, ask_about: Ask) -> None:
    found = ask_about(question)
    assert found.kind is not Kind.DETERMINATION
    assert found.conflicts == ()


def test_the_audience_changes_no_conflict(example: Answer, ask_about: Ask) -> None:
    assert ask_about(EXAMPLE, audience="patient").conflicts == example.conflicts
