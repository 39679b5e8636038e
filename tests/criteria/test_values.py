"""Values: what can be written, in which units, and what a calendar month can be."""

from datetime import date, timedelta

import pytest

from rag.criteria.calendars import month_spans
from rag.criteria.values import FactValueError, Quantity, in_days, parse_quantity
from tests.criteria.worlds import STARTS, later


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("40 %", "percent", Quantity(low=40, high=40, unit="%")),
        ("40 percent", "percent", Quantity(low=40, high=40, unit="%")),
        ("40", "percent", Quantity(low=40, high=40, unit="%")),
        (">= 50 %", "percent", Quantity(low=50, high=100, unit="%")),
        ("> 50%", "percent", Quantity(low=50, high=100, low_open=True, unit="%")),
        ("< 30 %", "percent", Quantity(high=30, high_open=True, unit="%")),
        ("<= 30 %", "percent", Quantity(high=30, unit="%")),
        ("≥ 50 %", "percent", Quantity(low=50, high=100, unit="%")),
        ("50-60 %", "percent", Quantity(low=50, high=60, unit="%")),
        ("50 to 60 %", "percent", Quantity(low=50, high=60, unit="%")),
        ("= 50 %", "percent", Quantity(low=50, high=50, unit="%")),
        ("10 weeks", "duration", Quantity(low=10, high=10, unit="weeks")),
        ("1 wk", "duration", Quantity(low=1, high=1, unit="weeks")),
        ("6 mos", "duration", Quantity(low=6, high=6, unit="months")),
        ("2 yrs", "duration", Quantity(low=2, high=2, unit="years")),
        ("1 Day", "duration", Quantity(low=1, high=1, unit="days")),
        ("< 14 days", "duration", Quantity(low=0, high=14, high_open=True, unit="days")),
        ("> 3 months", "duration", Quantity(low=3, low_open=True, unit="months")),
        ("3", "count", Quantity(low=3, high=3, unit="count")),
        ("> 3", "score", Quantity(low=3, high=10, low_open=True, unit="points")),
        ("7.5", "score", Quantity(low=7.5, high=7.5, unit="points")),
    ],
)
def test_a_quantity_is_read_as_the_interval_it_names(text: str, kind: str, expected: Quantity) -> None:
    assert parse_quantity(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("60-50 %", "percent", "empty"),
        ("> 100 %", "percent", "empty"),
        ("< 0 weeks", "duration", "empty"),
        ("110 %", "percent", "outside"),
        ("11", "score", "outside"),
        ("3", "duration", "needs a unit"),
        ("3 weeks", "percent", "does not fit"),
        ("40 %", "duration", "does not fit"),
        ("3 months", "count", "does not fit"),
        ("much", "percent", "is not a percent"),
        ("-5 %", "percent", "is not a percent"),
    ],
)
def test_what_cannot_be_a_quantity_is_an_error_that_says_why(text: str, kind: str, reason: str) -> None:
    with pytest.raises(FactValueError, match=reason):
        parse_quantity(text, kind)


@pytest.mark.parametrize("end", [float("nan"), float("inf")])
def test_an_end_that_is_no_number_is_refused(end: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Quantity(low=end, unit="%")


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("40 %", "percent", "40 %"),
        (">= 2 weeks", "duration", ">= 2 weeks"),
        ("> 2 weeks", "duration", "> 2 weeks"),
        ("< 30 %", "percent", "< 30 %"),
        ("< 14 days", "duration", "< 14 days"),
        ("50-60 %", "percent", "50 to 60 %"),
        ("3", "count", "3"),
    ],
)
def test_a_quantity_prints_as_it_is_written(text: str, kind: str, said: str) -> None:
    assert str(parse_quantity(text, kind)) == said


def test_an_open_end_is_named_when_both_ends_are_known() -> None:
    assert str(Quantity(low=50, high=100, low_open=True, unit="%")) == "over 50 to 100 %"
    assert str(Quantity(unit="%")) == "any amount"


@pytest.mark.parametrize("months", [*range(13), 15, 18, 24, 36, 48, 60, 120])
def test_no_stretch_of_the_calendar_is_shorter_or_longer_than_the_bounds_of_months(months: int) -> None:
    spans = [(later(start, months) - start).days for start in STARTS]
    assert in_days(months, "months", longest=False) <= min(spans)
    assert in_days(months, "months", longest=True) >= max(spans)


@pytest.mark.parametrize("months", range(13))
def test_bounds_up_to_a_year_are_reached(months: int) -> None:
    spans = [(later(start, months) - start).days for start in STARTS]
    assert in_days(months, "months", longest=False) == min(spans)
    assert in_days(months, "months", longest=True) == max(spans)


@pytest.mark.parametrize("months", [(1,), (3,), (1, 3), (3, 6, 12), (2, 5, 24), (6, 60)])
def test_spans_of_months_are_those_of_every_start_day_and_no_other(months: tuple[int, ...]) -> None:
    real = {tuple(float((later(start, n) - start).days) for n in months) for start in STARTS}
    assert set(month_spans(tuple(float(n) for n in months))) == real


def test_three_months_are_89_to_92_days() -> None:
    assert {span for (span,) in month_spans((3.0,))} == {89, 90, 91, 92}


def test_a_year_is_365_or_366_days() -> None:
    assert {span for (span,) in month_spans((12.0,))} == {365, 366}


def test_part_of_a_month_lies_between_its_whole_months() -> None:
    assert all(28 <= span <= 62 for (span,) in month_spans((1.5,)))


def test_four_years_of_start_days_meet_every_leap_day() -> None:
    assert STARTS[-1] - STARTS[0] == timedelta(days=1460)
    assert date(2024, 2, 29) in STARTS
