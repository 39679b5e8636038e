"""Agreement narrows, contradiction makes a fact unknown, derivations fill in, scopes take away."""

from __future__ import annotations

from rag.case.knowledge import Lexicon
from rag.case.models import Case, Fact, Support
from rag.case.values import conflicts, resolve
from rag.criteria.values import Codes, OneOf, Quantity

RELIEF = "prior_injection.relief"


def fact(name: str, value: object, support: Support = Support.STATED) -> Fact:
    return Fact.model_validate({"id": name, "value": value, "support": support, "source": "question"})


def case(*facts: Fact) -> Case:
    return Case(facts=facts)


def test_choices_that_agree_narrow_each_other(lexicon: Lexicon) -> None:
    found = resolve(
        case(fact("procedure.region", ("cervical", "thoracic")), fact("procedure.region", "cervical")),
        lexicon.vocabulary,
    )
    assert found["procedure.region"] == OneOf(frozenset({"cervical"}))


def test_codes_are_collected(lexicon: Lexicon) -> None:
    found = resolve(case(fact("diagnosis.code", ("A00",)), fact("diagnosis.code", ("B00",))), lexicon.vocabulary)
    assert found["diagnosis.code"] == Codes(frozenset({"A00", "B00"}))


def test_intervals_that_overlap_meet_in_their_overlap(lexicon: Lexicon) -> None:
    wide = Quantity(low=20, high=60, unit="%")
    open_end = Quantity(low=40, low_open=True, high=90, unit="%")
    found = resolve(case(fact(RELIEF, wide), fact(RELIEF, open_end)), lexicon.vocabulary)
    assert found[RELIEF] == Quantity(low=40, low_open=True, high=60, unit="%")


def test_contradicting_numbers_make_the_fact_unknown_and_ask(lexicon: Lexicon) -> None:
    both = case(fact(RELIEF, Quantity.exactly(20, "%")), fact(RELIEF, Quantity.exactly(60, "%")))
    assert RELIEF not in resolve(both, lexicon.vocabulary)
    (conflict,) = conflicts(both, lexicon.vocabulary)
    assert conflict.fact == RELIEF
    assert len(conflict.facts) == 2
    assert conflict.question.endswith("?")


def test_contradicting_booleans_are_not_settled_by_a_derivation(lexicon: Lexicon) -> None:
    both = case(
        fact("prior_injection.function_improved", True),
        fact("prior_injection.function_improved", False),
        fact("prior_injection.function_improvement", Quantity.exactly(30, "%")),
    )
    assert "prior_injection.function_improved" not in resolve(both, lexicon.vocabulary)


def word(low: float, high: float) -> Fact:
    return fact(RELIEF, Quantity(low=low, high=high, high_open=high < 100, unit="%"), Support.QUALITATIVE)


def test_a_number_takes_the_place_of_a_word_it_can_stand_for(lexicon: Lexicon) -> None:
    figure = Quantity(low=20, high=40, unit="%")
    assert resolve(case(word(0, 30), fact(RELIEF, figure)), lexicon.vocabulary)[RELIEF] == figure
    assert resolve(case(word(0, 100), fact(RELIEF, figure)), lexicon.vocabulary)[RELIEF] == figure


def test_a_word_and_a_number_that_contradict_each_other_make_the_fact_unknown_and_ask(lexicon: Lexicon) -> None:
    both = case(word(0, 30), fact(RELIEF, Quantity.exactly(60, "%")))
    assert RELIEF not in resolve(both, lexicon.vocabulary)
    (conflict,) = conflicts(both, lexicon.vocabulary)
    assert conflict.fact == RELIEF
    assert conflict.question.endswith("?")


def test_a_word_is_held_against_every_number(lexicon: Lexicon) -> None:
    some = (fact(RELIEF, Quantity(low=10, high=60, unit="%")), fact(RELIEF, Quantity(low=50, high=70, unit="%")))
    assert RELIEF not in resolve(case(word(0, 30), *some), lexicon.vocabulary)


def test_durations_in_different_units_are_compared_by_the_calendar(lexicon: Lexicon) -> None:
    name = "prior_injection.relief_duration"
    agreeing = case(fact(name, Quantity.exactly(3, "months")), fact(name, Quantity.exactly(90, "days")))
    assert resolve(agreeing, lexicon.vocabulary)[name] == Quantity.exactly(90, "days")
    clashing = case(fact(name, Quantity.exactly(3, "months")), fact(name, Quantity.exactly(2, "weeks")))
    assert name not in resolve(clashing, lexicon.vocabulary)


def test_derivations_apply_only_when_their_rule_is_certain(lexicon: Lexicon) -> None:
    certain = resolve(case(fact(RELIEF, Quantity.exactly(20, "%"))), lexicon.vocabulary)
    assert certain["prior_injection.poor_response"] is True
    open_ = resolve(case(fact(RELIEF, Quantity(low=0, high=100, unit="%"))), lexicon.vocabulary)
    assert "prior_injection.poor_response" not in open_


def test_facts_of_an_injection_elsewhere_say_nothing_here(lexicon: Lexicon) -> None:
    found = resolve(
        case(fact("prior_injection.same_region", False), fact(RELIEF, Quantity.exactly(80, "%"))), lexicon.vocabulary
    )
    assert RELIEF not in found
    assert found["prior_injection.given"] is False


def test_an_empty_case_has_no_values(lexicon: Lexicon) -> None:
    assert resolve(case(), lexicon.vocabulary) == {}
