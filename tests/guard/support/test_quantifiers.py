"""All, any, some, most, both, at least one; and, or; and points that were added."""

from __future__ import annotations

import pytest

from rag.guard.support.additions import additions
from rag.guard.support.quantifiers import quantifiers
from rag.guard.support.rules import SupportRules
from tests.guard.support.conftest import check_row

POLICIES = (quantifiers, additions)
ALL = "All four conditions have to be met before a scan."
ONE = "One of the three conditions is enough for a scan."
SOME = "Some plans cover the scan for runners."
MOST = "Most patients had less pain after exercise."
BOTH = "Both knees are examined at the first visit."
EITHER = "A repeat needs better function or less pain."
JOINT = "A repeat needs better function and less pain."
SITES = "The model covers services in a hospital, an office or the home."

ROWS = [
    ("All four conditions have to be met.", ALL, None),
    ("Every condition has to be met.", ALL, None),
    ("Any of the four conditions is enough for a scan.", "The four conditions come before a scan.", "Any"),
    ("Either of the conditions has to be met.", "The age condition must be met before it.", "Either"),
    ("All three conditions are needed for a scan.", ONE, "All"),
    ("One of the three conditions is enough.", ONE, None),
    ("Any one of the three conditions is enough.", ONE, None),
    ("All plans cover the scan for runners.", SOME, "All"),
    ("Most plans cover the scan for runners.", SOME, "Most"),
    ("Plans cover the scan for runners.", SOME, "Some"),
    ("Some plans cover the scan for runners.", SOME, None),
    ("Many plans cover the scan for runners.", SOME, "Many"),
    ("Most patients had less pain after exercise.", MOST, None),
    ("All patients had less pain after exercise.", MOST, "All"),
    ("Patients had less pain after exercise.", MOST, "Most"),
    ("The majority of patients had less pain.", MOST, None),
    ("Few patients had less pain after exercise.", MOST, "Few"),
    ("Both knees are examined.", BOTH, None),
    ("Both knees are examined.", "The knee is examined first.", "Both"),
    ("Better function or less pain is needed.", EITHER, None),
    ("Better function and less pain are needed.", EITHER, "joins"),
    ("Better function or less pain is needed.", JOINT, "joins"),
    ("Better function and less pain are needed.", JOINT, None),
    ("None of the patients had less pain.", "The patients had less pain.", "None"),
    ("Several trials found less pain.", "A trial found less pain in runners.", "Several"),
    ("Several trials found less pain.", "Three trials found less pain.", None),
    ("The model covers services in an office, a hospital or the home.", SITES, None),
    ("The model covers services in an office, a nursing facility or the home.", SITES, "nursing facility"),
    ("Services in an office are covered, and dental implants were paid.", SITES, "dental implants"),
    ("How many scans are paid is not said.", "Nothing is said on the number of scans.", None),
]


@pytest.mark.parametrize(("claim", "passage", "expected"), ROWS)
def test_quantifiers(claim: str, passage: str, expected: str | None, rules: SupportRules) -> None:
    check_row(rules, POLICIES, claim, passage, expected)
