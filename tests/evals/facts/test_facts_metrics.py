"""Each metric of reading on records one can compare by eye."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from evals.facts.holding import holds
from evals.facts.measures import METRICS
from evals.facts.measures.intervals_sound import INTERVALS_SOUND
from evals.facts.measures.precision import PRECISION
from evals.facts.measures.recall import RECALL
from evals.facts.measures.unsaid_stays_unknown import UNSAID_STAYS_UNKNOWN
from evals.facts.reading import Stated, Values, stated_items, told
from evals.frame.measuring import measure
from evals.frame.metric import Item, Metric, Played
from evals.verdicts.methods.system import System
from rag.criteria.values import Codes, OneOf, Quantity, Value
from rag.knowledge.library import Knowledge, load_knowledge
from tests.evals.verdicts.made import case, sentence


def percent(low: float, high: float | None = None, *, above: bool = False, below: bool = False) -> Quantity:
    high = low if high is None else high
    return Quantity(low=low, high=high, low_open=above, high_open=below, unit="%")


def lasting(amount: float, unit: str) -> Quantity:
    return Quantity.exactly(amount, unit)


GIVEN, RELIEF, LENGTH = "prior_injection.given", "prior_injection.relief", "prior_injection.relief_duration"
GUIDANCE, CODE, INFECTION = "procedure.guidance", "procedure.code", "exclusion.infection"

#: What a record says: three facts it names, one that a code of it implies.
SAID: Values = {
    GIVEN: True,
    RELIEF: percent(60),
    CODE: Codes(frozenset({"62321"})),
    "procedure.approach": OneOf(frozenset({"interlaminar"})),
}


def judged(
    metric: Metric[Stated, Values], found: Values | None, *, facts: Values = SAID, unsaid: tuple[str, ...] = ()
) -> Mapping[str, float]:
    """Values by fact; ``found`` is None where the reader broke."""
    label = Stated(case(), facts, said=(GIVEN, RELIEF, CODE), unsaid=unsaid)
    played = Played(Item("one", "A note.", label), found, "RuntimeError: lost")
    return {
        one.item.partition("|")[2] or one.found: one.value
        for one in measure(metric, {"it": [played]}, seed=0).subject.judgements
    }


# --- what is counted


def test_every_fact_read_counts_for_precision_and_one_the_record_does_not_state_is_wrong() -> None:
    read: Values = {
        GIVEN: True,
        RELIEF: percent(40),
        INFECTION: False,
        "procedure.approach": SAID["procedure.approach"],
    }
    assert judged(PRECISION, read) == {GIVEN: 1, RELIEF: 0, INFECTION: 0, "procedure.approach": 1}


def test_a_reader_that_reads_nothing_has_no_precision_and_no_recall() -> None:
    assert judged(PRECISION, {}) == {}
    assert judged(RECALL, {}) == {GIVEN: 0, RELIEF: 0, CODE: 0}


def test_every_fact_the_record_names_counts_for_recall_and_none_that_only_follows() -> None:
    assert judged(RECALL, {GIVEN: True, RELIEF: percent(50, 70)}) == {GIVEN: 1, RELIEF: 0, CODE: 0}
    assert judged(RECALL, SAID) == {GIVEN: 1, RELIEF: 1, CODE: 1}


def test_a_fact_that_the_record_leaves_open_is_not_asked_for() -> None:
    assert judged(RECALL, SAID, facts={GIVEN: True}) == {GIVEN: 1}


def test_what_is_left_out_may_not_be_read_whatever_its_value() -> None:
    read: Values = {GIVEN: True, INFECTION: False}
    assert judged(UNSAID_STAYS_UNKNOWN, read, unsaid=(INFECTION, LENGTH)) == {INFECTION: 0, LENGTH: 1}
    assert judged(UNSAID_STAYS_UNKNOWN, read) == {}


def test_only_quantities_that_were_read_and_are_stated_have_intervals() -> None:
    facts: Values = {RELIEF: percent(60), LENGTH: lasting(3, "months"), GIVEN: True}
    read: Values = {RELIEF: percent(50, 60), GIVEN: False, "pain.score": Quantity.exactly(7, "points")}
    assert judged(INTERVALS_SOUND, read, facts=facts) == {RELIEF: 1}
    assert judged(INTERVALS_SOUND, {RELIEF: percent(61, 100)}, facts=facts) == {RELIEF: 0}


@pytest.mark.parametrize("metric", METRICS, ids=lambda one: one.name)
def test_a_reader_that_breaks_has_failed_under_every_metric(metric: Metric[Stated, Values]) -> None:
    assert judged(metric, None, unsaid=(INFECTION,)) == {"RuntimeError: lost": 0}


# --- what holds what

FLUOROSCOPY, ANY_IMAGING = OneOf(frozenset({"fluoroscopy"})), OneOf(frozenset({"fluoroscopy", "ct", "ultrasound"}))


@pytest.mark.parametrize(
    ("read", "stated", "held"),
    [
        # read                            stated                              leaves room for it
        (percent(60), percent(60), True),
        (percent(50, 70), percent(60), True),
        (percent(60), percent(50, 70), False),
        (percent(50, 100, above=True), percent(50), False),
        (percent(50, 100, above=True), percent(50, 100, above=True), True),
        (percent(0, 30, below=True), percent(30), False),
        (percent(0, 30), percent(0, 30, below=True), True),
        (Quantity(low=4, unit="weeks"), Quantity(low=6, unit="weeks"), True),
        (Quantity(low=4, unit="weeks"), Quantity(low=2, unit="weeks"), False),
        (lasting(8, "weeks"), lasting(56, "days"), True),
        (lasting(3, "months"), lasting(90, "days"), True),
        (lasting(3, "months"), lasting(80, "days"), False),
        (ANY_IMAGING, FLUOROSCOPY, True),
        (FLUOROSCOPY, ANY_IMAGING, False),
        (Codes(frozenset({"62321"})), Codes(frozenset({"62321", "62323"})), False),
        (True, True, True),
        (True, False, False),
        (True, percent(60), False),
    ],
)  # fmt: skip
def test_a_wider_value_is_unsure_and_a_narrower_or_another_one_is_wrong(read: Value, stated: Value, held: bool) -> None:
    assert holds(read, stated) is held


# --- what a case states


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def stated(knowledge: Knowledge, **changed: Any) -> list[Item[Stated]]:
    one = case(policy=next(iter(knowledge.policies)), **changed)
    return stated_items([one], System(knowledge).values, knowledge)


def test_what_a_code_implies_counts_as_stated_and_what_is_not_known_does_not(knowledge: Knowledge) -> None:
    (item,) = stated(knowledge, facts={CODE: ["62321"], RELIEF: None})
    assert item.label.said == (CODE,)
    assert item.label.facts["procedure.approach"] == OneOf(frozenset({"interlaminar"}))
    assert RELIEF not in item.label.facts


def test_what_is_left_out_is_unsaid_unless_the_rest_implies_it(knowledge: Knowledge) -> None:
    left_out = (
        sentence("procedure.approach", "interlaminar", "By the interlaminar route."),
        sentence(RELIEF, "60 %", "60 %."),
    )
    (item,) = stated(knowledge, facts={CODE: ["62321"]}, left_out=left_out)
    assert item.label.unsaid == (RELIEF,)


@pytest.mark.parametrize("missing", ["text", "facts"])
def test_a_case_in_one_form_cannot_be_compared(knowledge: Knowledge, missing: str) -> None:
    assert stated(knowledge, **{missing: None}) == []


def test_a_failure_is_told_in_words() -> None:
    assert told(RELIEF, None) == "prior_injection.relief: not documented"
    assert told(GUIDANCE, ANY_IMAGING) == "procedure.guidance: ct or fluoroscopy or ultrasound"
    assert told(INFECTION, False) == "exclusion.infection: false"
    assert told(RELIEF, percent(50, 100, above=True)) == f"prior_injection.relief: {percent(50, 100, above=True)}"
