"""What changed between two versions: criteria added, removed, changed, and nothing passed over."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.policy_diff import PolicyDiff, diff, diff_between
from ingest.documents import Document, load_documents
from rag.criteria.policy import Basis, Criterion, Decides, Exception_, Policy, Version
from rag.errors import UnknownName, UserError
from rag.knowledge.library import Knowledge, load_knowledge
from tests.criteria.build import criterion, policy, rule, version

RELIEF = criterion("relief", "relief.amount >= 50 %")
CARE = criterion("care", "care.duration >= 6 weeks")
CAP = criterion("cap", "session.count < 4")

FULL = dataclasses.replace(
    CAP,
    when=rule("yes.a"),
    when_label="in a repeat",
    exception=Exception_("spared", rule("yes.b"), "doc#other", "other words"),
    alternative_to="relief",
    note="a note",
)


@pytest.fixture
def document(small_corpus: Path) -> Document:
    return next(iter(load_documents(small_corpus).values()))


def compared(document: Document, *versions: Version) -> PolicyDiff:
    first, last = versions[0].version, versions[-1].version
    return diff(policy(*versions), document, first, last)


def test_criteria_are_added_removed_changed_and_counted(document: Document) -> None:
    longer = dataclasses.replace(CARE, rule=rule("care.duration >= 12 weeks"), label="longer care")
    found = compared(
        document,
        version(RELIEF, CARE, name="old", end=date(2025, 12, 31)),
        version(RELIEF, longer, CAP, name="new", start=date(2026, 1, 1), complete=False),
    )
    assert [shown.id for shown in found.added] == ["cap"]
    assert found.removed == ()
    (changed,) = found.changed
    assert (changed.id, changed.label) == ("care", "longer care")
    assert [(change.field, change.before, change.after) for change in changed.changes] == [
        ("label", "label of care", "longer care"),
        ("rule", "care.duration >= 6 weeks", "care.duration >= 12 weeks"),
    ]
    assert (found.unchanged, found.complete_changed) == (1, True)
    assert (found.before.version, found.before.effective.end) == ("old", date(2025, 12, 31))
    assert (found.after.version, found.after.effective.start, found.after.complete) == ("new", date(2026, 1, 1), False)


def test_backwards_what_was_added_is_removed(document: Document) -> None:
    both = policy(version(RELIEF, name="old"), version(RELIEF, CAP, name="new"))
    assert [shown.id for shown in diff(both, document, "new", "old").removed] == ["cap"]
    assert [shown.id for shown in diff(both, document, "old", "new").added] == ["cap"]


def test_a_version_does_not_differ_from_itself(document: Document) -> None:
    found = compared(document, version(RELIEF, FULL))
    assert (found.added, found.removed, found.changed, found.unchanged) == ((), (), (), 2)
    assert not found.complete_changed


OTHER: dict[str, Any] = {
    "label": "other label",
    "source": "doc#elsewhere",
    "quote": "other words",
    "basis": Basis.UNCONFIRMED,
    "rule": rule("session.count < 3"),
    "when": rule("yes.c"),
    "when_label": "in a first request",
    "decides": Decides.NEVER,
    "excludes": True,
    "alternative_to": None,
    "exception": Exception_("spared", rule("yes.d"), "doc#other", "other words"),
    "note": None,
}


def test_every_field_of_a_criterion_has_a_change_here() -> None:
    assert OTHER.keys() | {"id"} == {field.name for field in dataclasses.fields(Criterion)}


@pytest.mark.parametrize("field", OTHER)
def test_no_field_can_change_unseen(document: Document, field: str) -> None:
    found = compared(document, version(FULL, name="old"), version(dataclasses.replace(FULL, **{field: OTHER[field]})))
    assert found.unchanged == 0
    ((change,),) = [changed.changes for changed in found.changed]
    assert change.field.startswith(field.removesuffix("_label"))
    assert change.before != change.after


@pytest.mark.parametrize("part", ["label", "rule", "source", "quote"])
def test_no_part_of_an_exception_can_change_unseen(document: Document, part: str) -> None:
    assert FULL.exception is not None
    other: dict[str, Any] = {part: rule("yes.d") if part == "rule" else "other"}
    exception = dataclasses.replace(FULL.exception, **other)
    found = compared(document, version(FULL, name="old"), version(dataclasses.replace(FULL, exception=exception)))
    ((change,),) = [changed.changes for changed in found.changed]
    assert change.field == ("exception" if part == "label" else f"exception_{part}")


@pytest.mark.parametrize("name", ["3", "", "2025-06-02"])
def test_an_unknown_version_is_told_with_those_that_are_known(document: Document, name: str) -> None:
    two = policy(version(RELIEF, name="old"), version(CAP, name="new", start=date(2026, 1, 1)))
    with pytest.raises(UnknownName, match=r"no version of test-policy .*Known: old, new\."):
        diff(two, document, "old", name)


def test_a_version_may_be_called_by_its_first_day(document: Document) -> None:
    two = policy(version(RELIEF, name="old"), version(CAP, name="new", start=date(2026, 1, 1)))
    assert diff(two, document, "old", " 2026-01-01 ") == diff(two, document, "old", "new")


def test_a_name_of_several_versions_is_not_guessed_at(document: Document) -> None:
    same = [version(RELIEF, start=date(year, 1, 1), end=date(year, 12, 31)) for year in (2024, 2025)]
    with pytest.raises(UserError, match="2024-01-01, 2025-01-01"):
        diff(policy(*same), document, "1", "1")


def test_a_policy_is_compared_with_the_one_that_took_its_place(document: Document) -> None:
    earlier = policy(version(RELIEF, CARE, name="old"))
    later = dataclasses.replace(policy(version(RELIEF, CAP, name="new")), id="later-policy")
    documents = {earlier.id: document, later.id: document}
    found = diff_between(earlier, "old", later, "new", documents=documents)
    assert (found.before.policy_id, found.after.policy_id) == ("test-policy", "later-policy")
    assert ([c.id for c in found.added], [c.id for c in found.removed], found.unchanged) == (["cap"], ["care"], 1)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(lazy=True)


def test_every_criterion_of_shipped_versions_is_accounted_for(knowledge: Knowledge) -> None:
    seen = 0
    for found in knowledge.policies.values():
        for earlier, later in zip(found.versions, found.versions[1:], strict=False):
            seen += 1
            told = _diff(knowledge, found, earlier, later)
            kept = len(told.changed) + told.unchanged
            assert len(told.removed) + kept == len(earlier.criteria)
            assert len(told.added) + kept == len(later.criteria)
            assert PolicyDiff.model_validate_json(told.model_dump_json()) == told
    assert seen > 5


def _diff(knowledge: Knowledge, found: Policy, earlier: Version, later: Version) -> PolicyDiff:
    return diff(found, knowledge.documents[found.id], earlier.version, later.version)
