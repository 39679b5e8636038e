"""Which version decides, and when a policy does not govern a request; the same input gives the same output."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from rag.criteria.decide import decide
from rag.criteria.determination import Status
from rag.criteria.policy import Window
from rag.criteria.values import Codes, OneOf, Value
from tests.criteria.build import CODE, DAY, criterion, facts, policy, version

ROOT = Path(__file__).resolve().parents[2]
OLD = version(criterion("old", "yes.a"), name="old", start=date(2024, 1, 1), end=date(2024, 12, 31))
NEW = version(criterion("new", "yes.b"), name="new", start=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), "old"),
        (date(2024, 1, 2), "old"),
        (date(2024, 12, 30), "old"),
        (date(2024, 12, 31), "old"),
        (date(2025, 1, 1), "new"),
        (date(2025, 1, 2), "new"),
        (date(2099, 1, 1), "new"),
    ],
)
def test_the_version_in_force_on_the_day_decides(day: date, name: str | None) -> None:
    found = decide(policy(OLD, NEW), facts({"procedure.code": [CODE], "yes.a": True, "yes.b": False}), day)
    expected = {None: Status.NOT_APPLICABLE, "old": Status.MET, "new": Status.NOT_MET}[name]
    assert (found.version, found.status) == (name, expected)


def test_a_day_no_version_covers_is_out_of_scope_and_the_windows_are_named() -> None:
    found = decide(policy(OLD, NEW), {}, date(2023, 12, 31))
    assert "2023-12-31" in found.reason
    assert "from 2024-01-01 to 2024-12-31; from 2025-01-01" in found.reason


def test_a_window_open_at_both_ends_holds_every_day() -> None:
    assert date.min in Window(None, None)
    assert str(Window(None, date(2025, 1, 1))) == "start not known to 2025-01-01"
    assert str(Window(None, None)) == "dates not known"


@pytest.mark.parametrize(
    ("given", "governed"),
    [
        ({}, True),
        ({"procedure.code": [CODE]}, True),
        ({"procedure.code": [CODE, "99999"]}, True),
        ({"procedure.code": ["99999"]}, False),
        ({"procedure.code": []}, True),
    ],
)
def test_a_policy_governs_its_own_codes(given: dict[str, bool | str | list[str]], governed: bool) -> None:
    found = decide(policy(NEW), facts(given), DAY)
    assert (found.status is not Status.NOT_APPLICABLE) is governed


def test_one_of_several_possible_codes_is_enough_to_govern() -> None:
    one_of: dict[str, Value] = {"procedure.code": OneOf(frozenset({CODE, "99999"}))}
    assert decide(policy(NEW), one_of, DAY).status is Status.DOCUMENTATION


def test_what_is_out_of_scope_names_the_code_and_decides_nothing() -> None:
    found = decide(policy(NEW), facts({"procedure.code": ["99999"], "yes.b": True}), DAY)
    assert "does not govern 99999" in found.reason
    assert (found.criteria, found.missing, found.would_change, found.trace) == ((), (), (), {})


SCRIPT = """
from datetime import date
from tests.criteria.build import *
written = {"at_least": {"n": 2, "of": [
    {"any_of": ["yes.a", "relief.duration >= 3 months"]}, "image.guidance in [ct, none]",
    {"not": "diagnosis.code in [11111, 22222]"}, "diagnosis.code in [22222, 33333]", "relief.amount >= 50 %"]}}
members = (criterion("one", written, when="yes.b"), criterion("two", "yes.a", alternative_to="one"),
           criterion("three", {"not": "session.count > 3"}, decides=Decides.WHEN_RAISED))
print(decided(members, {"relief.amount": "20 %", "relief.duration": "90 days"}).model_dump_json())
"""


def test_another_process_with_other_hashes_gives_the_same_bytes() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(outputs) == 1
    assert b"needs_documentation" in outputs.pop()


def test_the_order_in_which_facts_are_given_changes_nothing() -> None:
    given = facts({"yes.a": True, "yes.b": False, "relief.amount": "20 %"})
    members = criterion("c", {"any_of": ["yes.a", "yes.b", "relief.amount >= 50 %"]}, when="yes.c")
    backwards = dict(reversed(given.items()))
    one = decide(policy(version(members)), given, DAY)
    assert one.model_dump_json() == decide(policy(version(members)), backwards, DAY).model_dump_json()


@pytest.mark.parametrize(
    ("requested", "status"),
    [
        (None, Status.DOCUMENTATION),
        (OneOf(frozenset({CODE, "99999"})), Status.DOCUMENTATION),
        (OneOf(frozenset({CODE})), Status.MET),
        (Codes(frozenset({CODE})), Status.MET),
        (Codes(frozenset({CODE, "99999"})), Status.POLICY_CHECK),
    ],
)
def test_a_request_is_met_only_where_the_policy_surely_governs_all_of_it(
    requested: Value | None, status: Status
) -> None:
    given = facts({"yes.a": True, "yes.b": True}) | ({"procedure.code": requested} if requested else {})
    found = decide(policy(NEW), given, DAY)
    assert found.status is status
    assert ("procedure.code" in {missing.fact for missing in found.missing}) is (status is Status.DOCUMENTATION)


def test_codes_beside_the_policy_are_named_as_the_reason() -> None:
    requested = Codes(frozenset({CODE, "99999"}))
    found = decide(policy(NEW), facts({"yes.a": True, "yes.b": True}) | {"procedure.code": requested}, DAY)
    assert found.reason.endswith("not governed here: 99999")
    assert "unconfirmed" not in found.reason
