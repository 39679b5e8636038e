"""What is the same is called the same, and what shakes, breaks or ends early is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evals import Options, run_suite
from evals.audience.request import Request
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.models import SuiteReport
from evals.repeatability.answering import trace_of
from evals.repeatability.measures import METRICS
from evals.repeatability.orders import Orders
from evals.repeatability.probe import done
from evals.repeatability.suite import ELSEWHERE, TURNED, jobs_of, measure, shuffled
from evals.repeatability.surroundings import FIRST, SECOND, Surroundings, answers_in
from evals.repeatability.trace import Job, Trace
from tests.evals.audience.answers import an_answer

DAY = date(2026, 11, 22)
BARE = Request(name="bare", question="Is it covered?", on=DAY)
FILLED = Request(name="filled", question="Is it met?", on=DAY, facts={"pain.score": 7, "imaging.concordant": True})
GOOD = Trace(answer="all", case="facts", determination="met", passages="a b")


def process(**changed: Trace) -> object:
    """Answers every job with GOOD, or as told by "name" or "name_turned" of its request."""

    def answers(orders: Orders) -> dict[str, Trace]:
        return {job.key: changed.get(job.request.name + ("_turned" if job.turned else ""), GOOD) for job in orders.jobs}

    return answers


def measured(first: object, second: object) -> SuiteReport:
    orders = Orders(corpus=Path(), jobs=())
    return measure([BARE, FILLED], [SYSTEM], (first, second), orders, Options())  # type: ignore[arg-type]


def wrong(report: SuiteReport) -> dict[str, list[str]]:
    found = {one.name: sorted(judgement.item for judgement, _ in report.failures(one)) for one in report.measures}
    return {name: items for name, items in found.items() if items}


def test_answers_that_are_the_same_are_right_everywhere_and_each_way_is_counted() -> None:
    report = measured(process(), process())
    assert wrong(report) == {}
    assert [one.name for one in report.measures] == [metric.name for metric in METRICS]
    assert {one.subject.figure.n for one in report.measures} == {3}, "one other process for each, and one turned"


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("answer", "same-bytes"),
        ("case", "same-case"),
        ("determination", "same-determination"),
        ("passages", "same-passages"),
    ],
)
def test_one_byte_of_a_part_turns_its_measure_down_and_no_other(part: str, named: str) -> None:
    report = measured(process(), process(bare=GOOD.model_copy(update={part: "al."})))
    assert wrong(report) == {named: [f"bare|{ELSEWHERE}"]}


def test_an_answer_that_hangs_on_the_order_of_the_facts_is_told_apart_from_one_that_hangs_on_the_process() -> None:
    report = measured(process(), process(filled_turned=GOOD.model_copy(update={"answer": "fall"})))
    assert wrong(report) == {"same-bytes": [f"filled|{TURNED}"]}


def test_an_answer_that_is_lost_is_not_the_same_even_if_it_is_lost_twice() -> None:
    broken = Trace(error="KeyError: 'x'")
    report = measured(process(bare=broken), process(bare=broken))
    assert wrong(report) == {metric.name: [f"bare|{ELSEWHERE}"] for metric in METRICS}


def test_a_difference_is_shown_where_it_begins() -> None:
    long = "x" * 500
    report = measured(
        process(bare=GOOD.model_copy(update={"answer": f"{long}one{long}"})),
        process(bare=GOOD.model_copy(update={"answer": f"{long}two{long}"})),
    )
    found = report.measure("same-bytes")
    assert found is not None
    (judgement, _), *_ = report.failures(found)
    assert "one" in judgement.expected
    assert "two" in judgement.found
    assert len(judgement.found) < 100


def test_the_second_process_is_asked_the_same_in_another_order_and_with_facts_turned() -> None:
    requests = [BARE, FILLED, *(BARE.model_copy(update={"name": f"other-{number}"}) for number in range(9))]
    first, second = jobs_of(requests, [SYSTEM, PLAIN]), shuffled(requests, [SYSTEM, PLAIN], 0)
    assert {job.key for job in second} - {job.key for job in first} == {f"{SYSTEM}|filled|turned"}
    assert [job.key for job in second if not job.turned] != [job.key for job in first]
    assert shuffled(requests, [SYSTEM], 0) == shuffled(requests, [SYSTEM], 0)


def test_turned_facts_are_the_same_facts_in_the_reverse_order() -> None:
    seen: list[Request] = []
    for turned in (False, True):
        done(Job(method="m", request=FILLED, turned=turned), {"m": lambda request: seen.append(request) or GOOD})  # type: ignore[func-returns-value]
    given, reverse = (list((request.facts or {}).items()) for request in seen)
    assert reverse == given[::-1]


def test_a_method_that_breaks_has_its_error_for_an_answer() -> None:
    def breaking(request: Request) -> Trace:
        raise ValueError("no")

    assert done(Job(method="m", request=BARE), {"m": breaking}) == Trace(error="ValueError: no")


def test_all_of_an_answer_is_compared_but_its_time() -> None:
    answer = an_answer("Relief of 50 % is asked for.")
    later = answer.model_copy(update={"last_updated": answer.last_updated.replace(year=2030)})
    assert trace_of(later) == trace_of(answer)
    assert trace_of(answer.model_copy(update={"disclaimer": "Other."})).answer != trace_of(answer).answer


def test_a_process_that_ends_early_loses_its_answers_and_says_why(tmp_path: Path) -> None:
    orders = Orders(corpus=tmp_path / "none", jobs=jobs_of([BARE], [SYSTEM]))
    (trace,) = answers_in(FIRST, orders).values()
    assert trace.error.startswith("the process ended early (exit code 1): ")
    assert "none" in trace.error


def test_the_two_surroundings_share_nothing_that_can_be_chosen() -> None:
    assert not set(FIRST.variables.items()) & set(SECOND.variables.items())
    assert FIRST.variables["PYTHONHASHSEED"] != SECOND.variables["PYTHONHASHSEED"]
    assert Surroundings({}).elsewhere is FIRST.elsewhere is not SECOND.elsewhere


def test_real_answers_come_back_the_same() -> None:
    report = run_suite("repeatability", Options(limit=2))
    assert wrong(report) == {}
    assert [row.method for row in report.measures[0].rows] == [SYSTEM, NULL, PLAIN, LEXICAL]
    assert len(report.items) == 2


def test_the_requests_with_facts_have_several(request: pytest.FixtureRequest) -> None:
    """Else another order would be the same order."""
    from evals.audience.requests import load_requests
    from rag.knowledge.library import load_knowledge

    requests, _ = load_requests("repeatability", None, load_knowledge())
    filled = [one for one in requests if one.facts]
    assert len(requests) >= 25
    assert len(filled) >= 4
    assert all(len(one.facts or {}) > 1 for one in filled)
