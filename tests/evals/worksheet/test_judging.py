"""What raters say becomes figures with baselines, and agreement with the guard and with each other."""

from __future__ import annotations

import pytest

from evals.citations.articles.scorers.scorer import Asked
from evals.frame.methods import LEXICAL, NULL, SYSTEM
from evals.frame.models import Measure, SuiteReport
from evals.options import Options
from evals.worksheet import judge
from evals.worksheet.measures import measures
from evals.worksheet.reading import Rating, Supported, WorksheetError
from evals.worksheet.sheet import Kind, Worksheet
from rag.errors import UserError
from tests.evals.worksheet.conftest import Fill


def rating(
    id_: str,
    supported: Supported,
    *,
    rater: str = "anna",
    kind: Kind = "cited",
    sources: tuple[str, ...] = ("a#b",),
    needed: tuple[bool, ...] | None = None,
) -> Rating:
    ticked = needed if needed is not None else (supported == "yes",) * len(sources)
    return Rating(rater, id_, kind, f"Q{id_}", f"Sentence {id_}.", sources, supported, ticked, "")


def measured(*ratings: Rating, guard: set[str] | None = None) -> dict[str, Measure]:
    """``guard``: ids of the rows it accepts."""
    asked = {Asked(one.sentence, one.sources): one.id in (guard or set()) for one in ratings}
    opinions = {SYSTEM: asked, NULL: dict.fromkeys(asked, True)}
    return {one.name: one for one in measures(ratings, opinions, seed=0)}


def values(measure: Measure) -> dict[str, float | None]:
    return {row.method: row.figure.value for row in measure.rows}


def test_partly_counts_as_no_and_drawn_passages_are_the_baseline() -> None:
    found = measured(
        rating("1", "yes"),
        rating("2", "partly"),
        rating("3", "no"),
        rating("4", "yes"),
        rating("5", "no", kind="drawn"),
    )
    assert values(found["sentences-supported"]) == {SYSTEM: 0.5, NULL: 0.0}


def test_a_citation_counts_where_a_rater_needs_it_for_a_supported_sentence() -> None:
    two = ("a#b", "c#d")
    found = measured(
        rating("1", "yes", sources=two, needed=(True, False)), rating("2", "no", sources=two), rating("3", "yes")
    )
    assert values(found["citations-needed"]) == {SYSTEM: 0.4, NULL: None}


def test_agreement_with_the_guard_counts_every_judgement_of_every_rater() -> None:
    found = measured(
        rating("1", "yes"),
        rating("2", "partly"),
        rating("3", "no"),
        rating("1", "no", rater="ben"),
        guard={"1", "2"},
    )
    assert values(found["guard-agreement"]) == {SYSTEM: 0.5, NULL: 0.25}
    assert found["guard-agreement"].subject.figure.n == 4
    assert found["guard-kappa"].subject.figure.value == pytest.approx(0.2)


def test_raters_are_compared_on_rows_both_judged_and_one_alone_with_nobody() -> None:
    alone = (rating("1", "yes"), rating("2", "no"), rating("3", "yes"))
    assert "rater-agreement" not in measured(*alone)
    found = measured(*alone, rating("1", "yes", rater="ben"), rating("2", "partly", rater="ben"))
    (row,) = found["rater-agreement"].rows
    assert (row.figure.value, row.figure.n) == (1.0, 2)
    assert found["rater-kappa"].subject.figure.value == 1.0
    three = measured(*alone, rating("1", "no", rater="ben"), rating("1", "no", rater="cleo"))
    assert (three["rater-agreement"].subject.figure.value, three["rater-agreement"].subject.figure.n) == (0.3333, 3)


@pytest.fixture
def report(fill: Fill, sheet: Worksheet) -> SuiteReport:
    several = next(row.id for row in sheet.rows if len(row.passages) > 1)
    every = {"supported": "yes", "needed": "1"}
    first = fill({sheet.rows[0].id: {"supported": "no", "comment": "says more"}}, every=every)
    second = fill({several: {"supported": ""}}, rater="ben", every=every)
    return judge([first, second], Options())


def test_files_become_a_report_in_the_shape_of_a_suite(report: SuiteReport, sheet: Worksheet) -> None:
    assert (report.suite, [one.name for one in report.measures]) == (
        "worksheet",
        ["sentences-supported", "citations-needed", "guard-agreement", "guard-kappa", "rater-agreement", "rater-kappa"],
    )
    supported = report.measures[0]
    assert {row.method for row in supported.rows} == {SYSTEM, NULL}
    assert sum(row.figure.n for row in supported.rows) == 2 * len(sheet.rows) - 1
    agreement = report.measure("guard-agreement")
    assert agreement is not None
    assert [row.method for row in agreement.rows] == [SYSTEM, LEXICAL, NULL]


def test_what_was_left_out_and_what_was_remarked_is_said(report: SuiteReport, sheet: Worksheet) -> None:
    rows = len(sheet.rows)
    assert report.notes[:2] == (f"anna judged {rows} of {rows} rows.", f"ben judged {rows - 1} of {rows} rows.")
    assert report.notes[2] == f"anna on {sheet.rows[0].id}: says more"


def test_two_files_of_one_name_are_refused_and_so_is_none(fill: Fill) -> None:
    file = fill(every={"supported": "no"})
    (file.parent / "b").mkdir()
    other = file.parent / "b" / file.name
    other.write_bytes(file.read_bytes())
    with pytest.raises(WorksheetError, match="another rater is named anna too"):
        judge([file, other], Options())
    with pytest.raises(UserError, match="no file is given"):
        judge([], Options())
