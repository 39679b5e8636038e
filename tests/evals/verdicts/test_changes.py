"""Changes of a case that must not change its answer: each on a case one can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from evals.frame.methods import NULL, SYSTEM
from evals.frame.metric import Item, Metric
from evals.verdicts.asked import Asked
from evals.verdicts.metamorphic.changes import load_changes
from evals.verdicts.metamorphic.irrelevant_text import IRRELEVANT_TEXT_IGNORED, diluted
from evals.verdicts.metamorphic.paraphrase import PARAPHRASE_DOES_NOT_MATTER, paraphrased
from evals.verdicts.metamorphic.sentence_order import ORDER_DOES_NOT_MATTER, reordered
from evals.verdicts.metamorphic.supporting_fact import SUPPORT_NEVER_WORSENS, supported
from evals.verdicts.metamorphic.threshold import THRESHOLDS_FLIP, Crossing, Threshold, threshold_measure, thresholds
from evals.verdicts.metamorphic.units import UNITS_DO_NOT_MATTER, in_days
from evals.verdicts.metamorphic.variant import Statuses, Variant, measure_variants
from evals.verdicts.methods.system import System
from rag.criteria.determination import Status
from rag.criteria.policy import Criterion, Version
from rag.criteria.rules import Compare, facts_of
from rag.knowledge.library import Knowledge
from tests.evals.verdicts.made import TODAY, case, row, sentence, shares

SCORE = sentence("pain.score", 7, "Pain is 7 of 10.")
WEEKS = sentence("pain.duration", "6 weeks", "It has lasted for 6 weeks.")
GIVEN = sentence("prior_injection.given", True, "She had an injection.")
RELIEF = sentence("prior_injection.relief", "60 %", "It took away 60 %.")

OPEN, MET, NOT_MET, OUTSIDE = Status.DOCUMENTATION, Status.MET, Status.NOT_MET, Status.NOT_APPLICABLE


def told_by(statuses: Mapping[str, str]) -> Callable[[Item[Asked]], str]:
    """A method that gives a status by words that stand in the text or the facts."""

    def method(item: Item[Asked]) -> str:
        asked = item.label
        said = str(asked.case.facts) if asked.form == "facts" else asked.case.text or ""
        return next((status for words, status in statuses.items() if words in said), OPEN)

    return method


# --- the change itself


def test_weeks_are_told_as_days_in_both_forms() -> None:
    facts, text = in_days([row(SCORE, WEEKS)])
    assert (facts.after.form, facts.after.case.facts) == ("facts", {"pain.score": 7, "pain.duration": "42 days"})
    assert facts.before.case.facts == {"pain.score": 7, "pain.duration": "6 weeks"}
    assert (text.after.form, text.after.case.text) == ("text", "Pain is 7 of 10. It has lasted for 42 days.")


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("for 1 week", "for 7 days"), (">= 2 weeks", ">= 14 days"), ("6 weeks of care", "42 days of care"),
        ("6-8 weeks", None), ("6 to 8 weeks", None), ("six to 8 weeks", None), ("four or 6 weeks", None),
        ("2.5 weeks", None),
        ("six weeks", None), ("3 months", None), ("weekly", None),
    ],
)  # fmt: skip
def test_a_span_or_a_fraction_of_weeks_is_left_alone(said: str, days: str | None) -> None:
    found = [one.after.case.text for one in in_days([case(text=said, facts={})])]
    assert found == ([] if days is None else [days])


def test_sentences_on_one_matter_stay_together_when_blocks_change_places() -> None:
    told = row(SCORE, WEEKS, GIVEN, RELIEF)
    texts = {one.after.case.text for seed in range(20) for one in reordered([told], seed=seed)}
    assert texts == {"She had an injection. It took away 60 %. Pain is 7 of 10. It has lasted for 6 weeks."}
    assert {one.before.case.text for one in reordered([told], seed=0)} <= {told.text}


def test_a_text_in_one_block_or_by_hand_cannot_be_reordered() -> None:
    assert [one for seed in range(20) for one in reordered([row(SCORE, WEEKS), case()], seed=seed)] == []


def test_sentences_beside_the_point_stand_around_a_text() -> None:
    sentences = ["He gardens.", "She sings.", "It rained.", "They left."]
    (one,) = diluted([case(text="Pain is 7.")], sentences, seed=1)
    before, after = (part.strip() for part in (one.after.case.text or "").split("Pain is 7."))
    assert before in sentences
    assert len([said for said in sentences if said in after]) == 2
    assert next(diluted([case(text="Pain is 7.")], sentences, seed=1)) == one


def test_all_rewrites_that_fit_are_made_at_once_and_only_of_whole_words() -> None:
    rewrites = {"weeks": "wks", "is": "was", "cat": "dog"}
    (one,) = paraphrased([case(text="This is 6 weeks old."), case(text="Nothing fits.")], rewrites)
    assert one.after.case.text == "This was 6 wks old."
    assert one.change == "weeks -> wks; is -> was"


def test_a_fact_left_out_is_put_back_where_the_whole_record_passes() -> None:
    rated: list[Mapping[str, object]] = []

    def rate(policy: str, facts: Mapping[str, object], on: date) -> str:
        rated.append(facts)
        return MET

    given = row(SCORE, left_out=(GIVEN, RELIEF))
    found = list(supported([given, row(SCORE)], rate))
    assert rated == [{"pain.score": 7, "prior_injection.given": True, "prior_injection.relief": "60 %"}]
    assert [(one.after.form, one.change) for one in found] == [
        ("facts", "prior_injection.given added"),
        ("text", "prior_injection.given added"),
        ("facts", "prior_injection.relief added"),
        ("text", "prior_injection.relief added"),
    ]
    assert found[0].after.case.facts == {"pain.score": 7, "prior_injection.given": True}
    assert found[1].after.case.text == "Pain is 7 of 10. She had an injection."


@pytest.mark.parametrize("status", [NOT_MET, OPEN, OUTSIDE, None])
def test_nothing_is_put_back_into_a_record_that_does_not_pass(status: str | None) -> None:
    assert list(supported([row(SCORE, left_out=(GIVEN,))], lambda policy, facts, on: status)) == []


# --- and what may come of it


@pytest.mark.parametrize(
    ("metric", "one"),
    [
        (UNITS_DO_NOT_MATTER, next(in_days([row(SCORE, WEEKS)]))),
        (ORDER_DOES_NOT_MATTER, Variant(Asked(case(text="a"), "text"), Asked(case(text="42 days"), "text"), "order")),
        (IRRELEVANT_TEXT_IGNORED, next(diluted([case(text="a")], ["42 days"] * 3, seed=0))),
        (PARAPHRASE_DOES_NOT_MATTER, next(paraphrased([case(text="a week")], {"a week": "42 days"}))),
    ],
    ids=lambda one: getattr(one, "name", None),
)  # fmt: skip
def test_another_status_for_the_same_record_is_a_failure(metric: Metric[Variant, Statuses], one: Variant) -> None:
    methods = {"moved": told_by({"42 days": MET}), "steady": told_by({"42 days": OPEN})}
    found = measure_variants(metric, [one], methods, seed=0)
    assert [row.figure.value for row in found.rows] == [0.0, 1.0]
    (judgement,) = found.subject.judgements
    assert judgement.expected == "needs_documentation, as before"
    assert judgement.found == f"criteria_met ({one.change})"


@pytest.mark.parametrize(
    ("before", "after", "value"),
    [
        (OPEN, MET, 1), (OPEN, OPEN, 1), (NOT_MET, OPEN, 1), (NOT_MET, Status.NOT_COVERED, 1),
        (MET, Status.POLICY_CHECK, 1),
        (OPEN, NOT_MET, 0), (MET, OPEN, 0), (OPEN, OUTSIDE, 0), (MET, "not decided", 0), (OUTSIDE, OPEN, 1),
    ],
)  # fmt: skip
def test_support_may_bring_a_request_nearer_and_never_farther(before: str, after: str, value: float) -> None:
    variants = list(supported([row(SCORE, left_out=(GIVEN,))], lambda policy, facts, on: MET))
    methods = {"it": told_by({"given": after, "had an injection": after, "": before})}
    assert shares(measure_variants(SUPPORT_NEVER_WORSENS, variants, methods, seed=0)) == (value, 2)


def test_a_method_that_breaks_on_the_changed_side_has_failed() -> None:
    def broken(item: Item[Asked]) -> str:
        if item.label.case.facts == {"pain.score": 7, "pain.duration": "42 days"}:
            raise RuntimeError("days")
        return OPEN

    facts = next(in_days([row(SCORE, WEEKS)]))
    found = measure_variants(UNITS_DO_NOT_MATTER, [facts], {"it": broken}, seed=0)
    assert found.subject.judgements[0].found == "RuntimeError: days"
    assert shares(found) == (0.0, 1)


def test_a_method_that_remembers_items_is_not_fooled_by_a_change() -> None:
    seen: list[str] = []

    def remembering(item: Item[Asked]) -> str:
        seen.append(item.id)
        return OPEN

    measure_variants(UNITS_DO_NOT_MATTER, list(in_days([row(SCORE, WEEKS)])), {"it": remembering}, seed=0)
    assert len(set(seen)) == 4


def test_no_sentence_beside_the_point_and_no_rewrite_stands_in_the_list_twice() -> None:
    changes = load_changes()
    assert len(set(changes.beside_the_point)) == len(changes.beside_the_point)
    assert [said for said, instead in changes.rewrites.items() if said == instead] == []


# --- thresholds

LIMIT = Compare("pain.score", ">=", 6.0, "points")


SCORED = Threshold("plan", "severity", LIMIT, case(), frozenset({"severity"}), True)


def crossing(
    *comparison: str, criterion: tuple[str, ...] = (), other: str = "met", alone: bool = True
) -> tuple[float, str]:
    """Value and words of the one check on a score of at least 6: what came of it below, at and above.

    ``criterion``: where it differs from the comparison. ``other``: above, of a criterion that does not use the score.
    """
    found = {
        amount: Crossing(one, {"severity": whole, "elsewhere": other if amount == SCORED.amounts[-1] else "met"})
        for amount, one, whole in zip(SCORED.amounts, comparison, criterion or comparison, strict=True)
    }
    (check,) = THRESHOLDS_FLIP.judge(replace(SCORED, alone=alone), found)
    return check.value, check.found


FLIPS = ("not_met", "met", "met")


def test_below_at_and_above_are_a_step_apart() -> None:
    assert list(SCORED.amounts) == [5, 6, 7]
    assert [SCORED.facts(amount)["pain.score"] for amount in SCORED.amounts] == ["5", "6", "7"]


@pytest.mark.parametrize("alone", [True, False])
def test_the_comparison_has_to_flip_at_its_number(alone: bool) -> None:
    assert crossing(*FLIPS, alone=alone)[0] == 1
    assert crossing("not_met", "not_met", "met", alone=alone) == (0, "5: not_met, 6: not_met, 7: met")
    for stuck in ("met", "not_met", "not_documented"):
        assert crossing(stuck, stuck, stuck, alone=alone)[0] == 0, stuck


def test_a_criterion_that_is_nothing_but_the_comparison_has_to_flip_with_it() -> None:
    assert crossing(*FLIPS, criterion=("not_met", "not_met", "met"))[0] == 0
    assert crossing(*FLIPS, criterion=("not_met", "not_met", "met"), alone=False)[0] == 1


@pytest.mark.parametrize("alone", [True, False])
def test_no_criterion_may_move_that_does_not_use_the_number(alone: bool) -> None:
    assert crossing(*FLIPS, other="not_met", alone=alone) == (0, "moved: elsewhere")


def test_every_number_of_the_versions_that_cases_fall_into_is_tried(knowledge: Knowledge) -> None:
    policy = next(one for one in knowledge.policies.values() if len(one.versions) > 1)
    first, last = policy.versions[0], policy.versions[-1]
    days = [version.window.start or version.window.end or TODAY for version in (first, last)]
    known = [case(f"{day}", policy=policy.id, on=day) for day in days]
    both, one = ({item.case.on for item in thresholds(some, knowledge)} for some in (known, known[1:]))
    assert both == set(days)
    assert one == {days[1]}
    assert all(low < high for item in thresholds(known, knowledge) for low, high in pairwise(item.amounts[1:]))


def test_the_null_flips_nothing(knowledge: Knowledge) -> None:
    policy = next(iter(knowledge.policies.values()))
    asking = case(policy=policy.id, facts={"procedure.code": [min(policy.codes)]})
    found = threshold_measure([asking], System(knowledge), seed=0)
    assert [(row.method, row.figure.value) for row in found.rows] == [(SYSTEM, 1.0), (NULL, 0.0)]


def test_what_follows_from_a_number_may_move_with_it(knowledge: Knowledge) -> None:
    """Few injections in all are few in a year: the vocabulary says so, no criterion does."""
    total = "prior_injection.count_total"
    asking = [case(policy=name, on=TODAY) for name in knowledge.policies]
    found = [one for one in thresholds(asking, knowledge) if one.leaf.fact == total]
    rules = {(one.policy, row.id): row for one in found for row in version_of(one, knowledge).criteria}
    others = {(one.policy, user) for one in found for user in one.users} - {
        (one.policy, one.criterion) for one in found
    }
    assert [place for place in others if total not in asked_by(rules[place])] != []


def version_of(one: Threshold, knowledge: Knowledge) -> Version:
    version = knowledge.policies[one.policy].on(one.case.on)
    assert version is not None
    return version


def asked_by(criterion: Criterion) -> set[str]:
    rules = [criterion.rule, criterion.when]
    return {fact for rule in rules if rule is not None for fact in facts_of(rule)}
