"""Each metric of the suite on outcomes one can count, right and wrong."""

from __future__ import annotations

import pytest

from evals.frame.methods import NULL, SYSTEM
from evals.frame.metric import Metric
from evals.verdicts.asked import Asked, asked_items
from evals.verdicts.measures import METRICS
from evals.verdicts.measures.answering_right import ANSWERING_RIGHT
from evals.verdicts.measures.deciding_right import DECIDING_RIGHT
from evals.verdicts.measures.labels_confirmed import SECOND, labels_confirmed
from evals.verdicts.measures.met_found import MET_FOUND
from evals.verdicts.measures.no_false_met import NO_FALSE_MET
from evals.verdicts.measures.no_false_pass import NO_FALSE_PASS
from evals.verdicts.methods.system import System
from evals.verdicts.second_rater import SecondRater, load_second_rater
from rag.criteria.determination import Status
from rag.knowledge.library import Knowledge
from tests.evals.verdicts.made import Outcome, by_item, case, measured, outcome, sentence, shares

MET, NOT_MET, CHECK = Status.MET, Status.NOT_MET, Status.POLICY_CHECK
OPEN, EXCLUDED, OUTSIDE = Status.DOCUMENTATION, Status.NOT_COVERED, Status.NOT_APPLICABLE


def test_the_gravest_comes_first() -> None:
    assert METRICS[0] is NO_FALSE_MET


# --- what is counted


@pytest.mark.parametrize("label", [one for one in Status if one is not MET])
def test_met_against_the_label_is_a_false_met_in_either_form(label: Status) -> None:
    found = measured(NO_FALSE_MET, ("facts", label, MET), ("text", label, MET), ("facts", label, label))
    assert by_item(found) == {"facts/plan/facts-0": 0, "text/plan/text-1": 0, "facts/plan/facts-2": 1}


def test_met_that_is_met_is_no_false_met_and_nor_is_any_other_error() -> None:
    rows = [(MET, MET), (MET, NOT_MET), (NOT_MET, OPEN), (OPEN, CHECK), (OUTSIDE, EXCLUDED)]
    assert shares(measured(NO_FALSE_MET, *(("facts", label, found) for label, found in rows))) == (1.0, 5)


@pytest.mark.parametrize(
    ("label", "found", "value"),
    [
        (NOT_MET, MET, 0), (NOT_MET, CHECK, 0), (OPEN, CHECK, 0), (EXCLUDED, CHECK, 0), (OUTSIDE, MET, 0),
        (NOT_MET, NOT_MET, 1), (NOT_MET, OPEN, 1), (OPEN, NOT_MET, 1), (OUTSIDE, OPEN, 1),
    ],
)  # fmt: skip
def test_a_false_pass_is_wider_than_a_false_met(label: Status, found: Status, value: float) -> None:
    assert shares(measured(NO_FALSE_PASS, ("text", label, found))) == (value, 1)


@pytest.mark.parametrize("label", [MET, CHECK])
def test_what_passes_by_its_label_cannot_pass_falsely(label: Status) -> None:
    assert shares(measured(NO_FALSE_PASS, ("facts", label, MET), ("text", label, CHECK))) == (None, 0)


def test_deciding_counts_facts_alone_and_answering_text_alone() -> None:
    facts: list[Outcome] = [("facts", OPEN, OPEN), ("facts", OPEN, NOT_MET)]
    text: list[Outcome] = [("text", MET, MET), ("text", CHECK, MET), ("text", MET, OPEN)]
    assert list(by_item(measured(DECIDING_RIGHT, *facts, *text)).values()) == [1, 0]
    assert list(by_item(measured(ANSWERING_RIGHT, *facts, *text)).values()) == [1, 0, 0]


def test_a_failure_says_what_was_expected_why_and_what_came() -> None:
    (judgement,) = measured(DECIDING_RIGHT, ("facts", OPEN, NOT_MET)).subject.judgements
    assert judgement.expected == "needs_documentation: the plan says so"
    assert judgement.found == "criteria_not_met"


def test_who_never_says_met_finds_none_that_is() -> None:
    rows: list[Outcome] = [("facts", MET, CHECK), ("text", MET, OPEN), ("facts", CHECK, MET)]
    assert shares(measured(MET_FOUND, *rows)) == (0.0, 2)
    assert shares(measured(MET_FOUND, ("facts", MET, MET), ("text", MET, OPEN))) == (0.5, 2)


@pytest.mark.parametrize("metric", METRICS, ids=lambda one: one.name)
def test_a_method_that_breaks_has_failed_under_every_metric(metric: Metric[Asked, str]) -> None:
    broken = measured(metric, ("facts", OPEN, None), ("text", MET, None))
    assert shares(broken) == (0.0, 2)
    assert {one.found for one in broken.subject.judgements} == {"RuntimeError: broken"}


# --- items and their slices


def test_a_case_is_asked_in_the_forms_it_has(knowledge: Knowledge) -> None:
    policy = next(iter(knowledge.policies))
    cases = [
        case("both", policy=policy),
        case("read", policy=policy, facts=None),
        case("told", policy=policy, text=None),
    ]
    found = [item.id for item in asked_items(cases, knowledge)]
    assert found == ["facts/plan/both", "text/plan/both", "text/plan/read", "facts/plan/told"]


@pytest.mark.parametrize(("taken_out", "slice_"), [(0, "0"), (1, "1"), (2, "2"), (3, "3 or more"), (5, "3 or more")])
def test_cases_are_told_apart_by_how_much_is_left_out(knowledge: Knowledge, taken_out: int, slice_: str) -> None:
    said = (sentence("pain.score", 7, "Pain is 7."),)
    policy = next(iter(knowledge.policies))
    one = case(policy=policy, sentences=said, left_out=said * taken_out)
    assert {item.tags["facts left out"] for item in asked_items([one], knowledge)} == {(slice_,)}


def test_a_note_by_hand_leaves_nothing_out_that_could_be_counted(knowledge: Knowledge) -> None:
    (facts, _) = asked_items([case(policy=next(iter(knowledge.policies)))], knowledge)
    assert "facts left out" not in facts.tags
    assert facts.tags["written"] == ("by hand",)


# --- the labels themselves


@pytest.fixture(scope="module")
def rater() -> SecondRater:
    return load_second_rater()


def labelled(knowledge: Knowledge, rater: SecondRater, label: Status, policy: str | None = None) -> list[float | None]:
    """A record that says nothing, under the first policy: values of the second rater, the system and the null."""
    silent = case(status=label, policy=policy or next(iter(knowledge.policies)), facts={})
    items = asked_items([silent], knowledge)
    found = labels_confirmed(items, rater, System(knowledge), seed=0)
    assert [row.method for row in found.rows] == [SECOND, SYSTEM, NULL]
    assert {row.figure.n for row in found.rows} == {1}
    return [row.figure.value for row in found.rows]


def test_a_label_the_second_rater_shares_is_confirmed(knowledge: Knowledge, rater: SecondRater) -> None:
    assert labelled(knowledge, rater, OPEN) == [1.0, 1.0, 1.0]


def test_a_label_nobody_shares_is_not_confirmed(knowledge: Knowledge, rater: SecondRater) -> None:
    assert labelled(knowledge, rater, MET) == [0.0, 0.0, 0.0]


def test_a_policy_without_a_table_confirms_nothing(knowledge: Knowledge, rater: SecondRater) -> None:
    assert labelled(knowledge, SecondRater({}, rater.meanings), OPEN) == [0.0, 1.0, 1.0]


def test_the_outcomes_here_are_what_they_say() -> None:
    played = outcome("facts", OPEN, "x", 3)
    assert isinstance(played.item.label, Asked)
    assert (played.item.id, played.outcome) == ("facts/plan/facts-3", "x")
