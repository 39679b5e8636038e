"""What the second rater compares, and how: plain intervals, and true, false or unknown."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from evals.verdicts.second_values import any_of, truth_of
from rag.errors import UserError

Given = Mapping[str, object]


@pytest.mark.parametrize(
    ("given", "comparison", "holds"),
    [
        ("49 %", ">= 50 %", False),
        ("50 %", ">= 50 %", True),
        (50, ">= 50 %", True),
        ("50-60 %", ">= 50 %", True),
        ("40 to 50 %", ">= 50 %", None),
        ("40-49 %", ">= 50 %", False),
        ("> 50 %", ">= 50 %", True),
        ("< 50 %", ">= 50 %", False),
        ("<= 50 %", ">= 50 %", None),
        ("<= 30 %", "< 30 %", None),
        ("< 30 %", "< 30 %", True),
        (">= 30 %", "< 30 %", False),
        ("<= 0 %", "> 0 %", False),
        ("> 0 %", "> 0 %", True),
        (3, "<= 3", True),
        ("4", "<= 3", False),
        ("3-4", "<= 3", None),
        ("13 days", ">= 2 weeks", False),
        ("14 days", ">= 2 weeks", True),
        ("3 months", ">= 3 months", True),
        ("90 days", ">= 3 months", False),
        ("12 weeks", ">= 3 months", False),
        ("92 days", ">= 3 months", True),
        ("2 years", "<= 24 months", True),
        ("25 months", "<= 24 months", False),
        ("1 month", ">= 4 weeks", True),
        (None, ">= 3 months", None),
    ],
)
def test_a_quantity_is_compared_as_an_interval(given: object, comparison: str, holds: bool | None) -> None:
    assert truth_of(f"fact {comparison}", {"fact": given}) is holds


@pytest.mark.parametrize(
    ("given", "comparison", "holds"),
    [
        (True, "is true", True),
        (False, "is true", False),
        (False, "is false", True),
        (None, "is false", None),
        ("ct", "in fluoroscopy ct", True),
        ("none", "in fluoroscopy ct", False),
        (["ct", "ultrasound"], "in fluoroscopy ct", None),
        (["ct", "fluoroscopy"], "in fluoroscopy ct", True),
        (["m54.12", "M54.2"], "has M54.1*", True),
        (["M54.12", "M54.2"], "only M54.2", False),
        (["M54.2"], "only M54.2", True),
        ([], "has M54.2", None),
    ],
)
def test_a_word_or_a_code_is_compared_as_it_stands(given: object, comparison: str, holds: bool | None) -> None:
    assert truth_of(f"fact {comparison}", {"fact": given}) is holds


@pytest.mark.parametrize("given", ["good relief", "10 moons", True, "4 weeks"])
def test_a_quantity_that_cannot_be_read_is_an_error(given: object) -> None:
    with pytest.raises(UserError):
        truth_of("fact >= 50 %", {"fact": given})


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({}, None),
        ({"a": True}, None),
        ({"a": False}, None),
        ({"a": False, "c": False}, False),
        ({"b": False, "c": False}, False),
        ({"a": True, "b": True}, True),
        ({"b": False, "c": True}, True),
    ],
)
def test_rows_are_an_or_of_ands_over_what_is_known(facts: Given, holds: bool | None) -> None:
    assert any_of([["a is true", "b is true"], ["c is true"]], facts) is holds


def test_no_row_at_all_is_never_allowed() -> None:
    assert any_of([], {"a": True}) is False
