"""Numbers of a sentence stand in its passage: value, unit, bound, and what they belong to."""

from __future__ import annotations

import pytest

from rag.guard.support.amounts import amounts
from rag.guard.support.models import Evidence
from rag.guard.support.numbers import numbers
from rag.guard.support.rules import SupportRules
from tests.guard.support.conftest import check_row, found

RELIEF = "Plan North allows a repeat injection after at least 50 % pain relief for at least 2 weeks."
CAP = "Plan South allows no more than 3 sessions in 6 months and 4 in 12 months for one region."
ARMS = "Knee pain at 8 weeks was 3.5 points with exercise, 4.2 points with injection and 4.3 points with rest."
DAYS = "A complication was coded in 1.7 % by day 7, 4.1 % by day 30 and 8.0 % by day 90."
TRIAL = "The trial enrolled 1,284 adults and gave an odds ratio of 1.55 (95 % CI 1.35 to 1.77; P = 0.006)."
DRUG = "Children received 10 mg of the drug twice daily for 14 days, adults 25 mg for 21 days."

ROWS = [
    # value
    ("At least 50 % relief for at least 2 weeks is asked for.", RELIEF, None),
    ("At least 60 % relief for at least 2 weeks is asked for.", RELIEF, "60 %"),
    ("At least half of the pain must go for at least two weeks.", RELIEF, None),
    ("At least 50 percent relief for at least fourteen days is asked for.", RELIEF, None),
    ("At least 50 % relief for at least 3 weeks is asked for.", RELIEF, "3 weeks"),
    ("The trial enrolled 1284 adults.", TRIAL, None),
    ("The trial enrolled 1,248 adults.", TRIAL, "1,248"),
    ("The odds ratio was 1.55 (95 % CI 1.35 to 1.77).", TRIAL, None),
    ("The odds ratio was 1.55 (95 % CI 1.35 to 1.97).", TRIAL, "1.35 to 1.97"),
    ("The odds ratio was 1.35.", TRIAL, "1.35"),
    ("About 1 in 4,000 patients had a stroke.", "A stroke struck about 1 in 4,000 patients.", None),
    ("About 1 in 400 patients had a stroke.", "A stroke struck about 1 in 4,000 patients.", "1 in 400"),
    ("Two of three signs are needed.", "The test needs two of the three signs.", None),
    ("Three of three signs are needed.", "The test needs two of the three signs.", "Three of three"),
    ("The pain score has to reach 6/10.", "A pain score of 6 out of 10 is wanted.", None),
    ("The bulletin took effect on 12 February 2026.", "The bulletin is in force since 2026-02-12.", None),
    ("The bulletin took effect on 13 February 2026.", "The bulletin is in force since 2026-02-12.", "13 February"),
    ("The bulletin dates from 2026.", "The bulletin is in force since 2026-02-12.", None),
    ("The bulletin dates from 2025.", "The bulletin is in force since 2026-02-12.", "2025"),
    # computed numbers are nobody's numbers
    ("Seven sessions in 18 months are allowed.", CAP, "Seven sessions"),
    # unit
    ("At least 50 % relief for at least 2 months is asked for.", RELIEF, "2 months"),
    ("The difference was 10 points.", "The difference was 10 %.", "another unit"),
    ("The gain was 12 percentage points.", "The gain was 12 %.", "another unit"),
    ("Relief lasted 90 days.", "Relief lasted 3 months.", "90 days"),
    ("The imaging is valid for 1 year.", "The imaging is valid for 12 months.", None),
    ("Two levels are treated.", "Two sessions are given.", "another unit"),
    ("Children received 10 g of the drug.", DRUG, "10 g"),
    ("Children received 10 mg of the drug twice daily.", DRUG, None),
    ("Relief lasted a month.", "Relief lasted for a month.", None),
    # bound
    ("More than 50 % relief is asked for.", RELIEF, "more than"),
    ("50 % relief is asked for.", RELIEF, "no bound"),
    ("At most 3 sessions in 6 months are allowed.", CAP, None),
    ("Up to 3 sessions in 6 months are allowed.", CAP, None),
    ("Fewer than 3 sessions in 6 months are allowed.", CAP, "less than"),
    ("At least 3 sessions in 6 months are allowed.", CAP, "at least"),
    ("Exactly 3 sessions in 6 months are allowed.", CAP, "exactly"),
    ("3 sessions or fewer in 6 months are allowed.", CAP, None),
    ("Relief of 50 % or more is asked for.", RELIEF, None),
    ("The rate was 0.5 %.", "The rate was below 0.5 %.", "no bound"),
    ("The rate was about 5 %.", "The rate was 5 %.", "about"),
    # what it belongs to
    ("With exercise knee pain was 3.5 points.", ARMS, None),
    ("With exercise knee pain was 4.2 points.", ARMS, "belongs to something else"),
    ("Knee pain was 4.3 points with rest and 4.2 points with injection.", ARMS, None),
    ("Knee pain was 4.2 points with rest and 4.3 points with injection.", ARMS, "belongs to something else"),
    ("A complication was coded in 4.1 % by day 30.", DAYS, None),
    ("A complication was coded in 4.1 % by day 90.", DAYS, "belongs to something else"),
    ("Children received 25 mg for 14 days.", DRUG, "belongs to something else"),
    ("Adults received 25 mg for 21 days.", DRUG, None),
    ("No more than 4 sessions in 6 months are allowed.", CAP, "belongs to something else"),
    ("No more than 4 sessions in 12 months are allowed.", CAP, None),
]


@pytest.mark.parametrize(("claim", "passage", "expected"), ROWS)
def test_numbers(claim: str, passage: str, expected: str | None, rules: SupportRules) -> None:
    check_row(rules, (numbers,), claim, passage, expected)


# Values are in the unit's family: weeks in days, years in months.
READINGS = [
    ("at least 50 %", "number", (50.0,), "percent", {"at least"}),
    ("50 % or more", "number", (50.0,), "percent", {"at least"}),
    ("no more than twelve months", "number", (12.0,), "months", {"at most"}),
    ("under 3 mg", "number", (3.0,), "milligrams", {"less than"}),
    ("50-60 %", "range", (50.0, 60.0), "percent", {""}),
    ("between 6 and 12 weeks", "range", (42.0, 84.0), "weeks", {""}),
    ("three (3) months", "number", (3.0,), "months", {""}),
    ("two hundred and five patients", "number", (205.0,), "people", {""}),
    ("1.2 million people", "number", (1_200_000.0,), "people", {""}),
    ("half a year", "number", (6.0,), "years", {""}),
    ("10mg", "number", (10.0,), "milligrams", {""}),
    ("day 7", "number", (7.0,), "days", {""}),
    ("twice", "number", (2.0,), "times", {""}),
    ("1 in 4,000", "ratio", (1.0, 4000.0), None, {""}),
    ("the third injection", "ordinal", (3,), None, {""}),
]


@pytest.mark.parametrize(("text", "kind", "values", "unit", "bound"), READINGS)
def test_amounts_are_read(
    text: str, kind: str, values: tuple[float, ...], unit: str | None, bound: set[str], rules: SupportRules
) -> None:
    (amount,) = amounts(text, rules.numbers, rules.names.codes)
    assert (amount.kind, amount.values, amount.unit.name if amount.unit else None) == (kind, values, unit)
    assert amount.classes == bound


@pytest.mark.parametrize("text", ["level C7-T1", "code M54.12", "gene BRCA1", "LCD L12345", "IL-6", "one another"])
def test_digits_of_names_are_no_numbers(text: str, rules: SupportRules) -> None:
    assert amounts(text, rules.numbers, rules.names.codes) == ()


def test_a_sentence_may_give_the_numbers_that_name_its_source(rules: SupportRules) -> None:
    source = Evidence("The policy allows a repeat.", names="plan-north-77; Policy 77; version 2024-05-01")
    assert found(rules, (numbers,), "Plan North's policy of 2024 allows a repeat.", source) == []
    assert found(rules, (numbers,), "Plan North's policy of 2023 allows a repeat.", source) != []


def test_numbers_of_two_passages_support_one_sentence(rules: SupportRules) -> None:
    claim = "Relief of at least 50 % is asked for, and at most 3 sessions in 6 months are allowed."
    assert found(rules, (numbers,), claim, RELIEF) != []
    assert found(rules, (numbers,), claim, RELIEF, CAP) == []
