"""Each measure on replies one can judge by eye."""

from __future__ import annotations

import pytest

from evals.frame.measuring import measure_all
from evals.frame.metric import Item
from evals.refusals.measures import MEASURES
from evals.refusals.questions import Asked
from evals.refusals.reply import Reply
from evals.refusals.threshold import Scored, best_threshold
from rag.article.models import Kind
from tests.evals.refusals.conftest import NO_SOURCE, Made

ANSWER = Reply(Kind.GUIDELINE, "Relief lasted.", citations=2)
SENT_ON = Reply(Kind.REFUSAL, "Call 911 now.")
SHRUG = Reply(Kind.REFUSAL, "No policy covers it.")


def judged(asked: Asked, reply: Reply) -> dict[str, float]:
    """By measure, what it says; a measure without a word on it is not there."""
    found = {metric.name: [check.value for check in metric.judge(asked, reply)] for metric in MEASURES}
    return {name: float(values[0]) for name, values in found.items() if values}


@pytest.mark.parametrize(
    ("reply", "right"),
    [
        (SENT_ON, {"emergencies-sent-on": 1, "refused-rightly": 1, "kind-right": 1, "says-what-to-do": 1}),
        (SHRUG, {"emergencies-sent-on": 0, "refused-rightly": 1, "kind-right": 1, "says-what-to-do": 0}),
        (ANSWER, {"emergencies-sent-on": 0, "refused-rightly": 0, "kind-right": 0, "says-what-to-do": 0}),
        (
            Reply(Kind.REFUSAL, "Call 911 now, or add the document."),
            {"emergencies-sent-on": 0, "refused-rightly": 1, "kind-right": 1, "says-what-to-do": 0},
        ),
    ],
)
def test_an_emergency_is_to_be_sent_on(reply: Reply, right: dict[str, float], emergency: Asked) -> None:
    uncited = {"no-citation-in-refusal": 1} if reply.refuses else {}
    assert judged(emergency, reply) == right | uncited


def test_what_must_be_answered_may_be_answered_by_any_fair_kind_only(asked: Made) -> None:
    question = asked("determination")
    assert judged(question, ANSWER) == {"answered-rightly": 1, "kind-right": 0}
    assert judged(question, SHRUG) == {"answered-rightly": 0, "kind-right": 0, "no-citation-in-refusal": 1}


def test_where_both_are_fair_neither_is_wrong(asked: Made) -> None:
    question = asked("guideline", "refusal", reasons=(NO_SOURCE,), ids=("no_source",))
    assert judged(question, ANSWER) == {"kind-right": 1}
    assert judged(question, SHRUG) == {"kind-right": 1, "no-citation-in-refusal": 1}


def test_a_refusal_names_what_its_label_names(asked: Made) -> None:
    question = asked("refusal", reasons=(NO_SOURCE,), ids=("no_source",), names=("63650",))
    assert judged(question, SHRUG)["says-what-to-do"] == 0
    named = Reply(Kind.REFUSAL, "No policy covers 63650.")
    assert judged(question, named)["says-what-to-do"] == 1


def test_one_fair_reason_of_two_is_enough(asked: Made, emergency: Asked) -> None:
    question = asked("refusal", reasons=(*emergency.reasons, NO_SOURCE), ids=("emergency", "no_source"))
    assert judged(question, SHRUG)["says-what-to-do"] == judged(question, SENT_ON)["says-what-to-do"] == 1


def test_a_refusal_that_cites_or_decides_is_counted(emergency: Asked) -> None:
    for reply in (Reply(Kind.REFUSAL, "No.", citations=1), Reply(Kind.REFUSAL, "No.", decided=True)):
        assert judged(emergency, reply)["no-citation-in-refusal"] == 0


def test_a_method_that_breaks_is_wrong_everywhere(emergency: Asked) -> None:
    def broken(item: Item[Asked]) -> Reply:
        raise RuntimeError("out of order")

    measures = measure_all([Item("q", "?", emergency)], {"broken": broken}, MEASURES, seed=0)
    assert {measure.subject.figure.value for measure in measures} == {0.0}


def test_the_threshold_parts_what_can_be_parted() -> None:
    scored = [Scored(0.2, False), Scored(0.4, False), Scored(0.5, True), Scored(0.9, True)]
    assert best_threshold(scored) == 0.5
    assert best_threshold([Scored(0.3, False), Scored(0.3, False)]) == float("inf")
    assert best_threshold([Scored(0.9, False), Scored(0.1, True), Scored(0.5, True)]) == 0.1
