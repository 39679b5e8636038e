"""Answers as facts: what is read, and what is refused with its place and without its content."""

from __future__ import annotations

from typing import Any

import pytest

from app.dtr.errors import ResponseError
from app.dtr.response import facts_of_response
from rag.case.facts_file import read_facts
from rag.knowledge.library import Knowledge
from tests.app.dtr.forms import Resource, item, response

UCUM = "http://unitsofmeasure.org"
SECRET = "Inventado"


def quantity(value: object, **more: object) -> Resource:
    return {"valueQuantity": {"value": value} | more}


READ = [
    ("pain.duration", [quantity(12, code="wk", system=UCUM)], "12 weeks"),
    ("pain.duration", [quantity(12, unit="wk")], "12 weeks"),
    ("pain.duration", [quantity(12, unit="wk", system=UCUM)], "12 weeks"),
    ("pain.duration", [quantity(48, code="h", system=UCUM, unit="hours")], "2 days"),
    ("pain.duration", [quantity(1.5, code="a", system=UCUM)], "1.5 years"),
    ("pain.duration", [quantity(6, code="mo", system=UCUM, unit="Monate")], "6 months"),
    ("pain.duration", [quantity(6, comparator=">", code="mo", system=UCUM)], "> 6 months"),
    ("prior_injection.relief", [quantity(50, code="%", system=UCUM)], "50 %"),
    ("prior_injection.relief", [quantity(49.999999, code="%", system=UCUM)], "49.999999 %"),
    ("prior_injection.relief", [quantity(30, comparator="<", unit="%")], "< 30 %"),
    ("prior_injection.count_12_months", [{"valueInteger": 0}], 0),
    ("pain.score", [{"valueDecimal": 10}], 10),
    ("imaging.concordant", [{"valueBoolean": False}], False),
    (
        "procedure.guidance",
        [{"valueCoding": {"code": "ct", "system": "https://x.org/v1/vocabulary/procedure.guidance"}}],
        "ct",
    ),
    ("diagnosis.code", [{"valueString": "M54.12"}, {"valueString": " m54.2 "}], ["M54.12", "M54.2"]),
]


@pytest.mark.parametrize(("fact", "answers", "meant"), READ, ids=range(len(READ)))
def test_an_answer_is_read_as_a_facts_file_would_say_it(
    fact: str, answers: list[Resource], meant: object, knowledge: Knowledge
) -> None:
    assert facts_of_response(response(item(fact, *answers)), knowledge) == read_facts(
        {fact: meant}, knowledge.vocabulary
    )


ANSWER = "QuestionnaireResponse.item[0].answer[0]"
REFUSED: list[tuple[str, list[Resource], str]] = [
    ("pain.duration", [quantity(6)], f"{ANSWER}.valueQuantity.unit"),
    ("prior_injection.relief", [quantity(0.6)], f"{ANSWER}.valueQuantity.unit"),
    ("prior_injection.relief", [quantity(60)], f"{ANSWER}.valueQuantity.unit"),
    ("prior_injection.relief", [quantity(60, unit="")], f"{ANSWER}.valueQuantity.unit"),
    ("prior_injection.relief", [quantity(60, unit=["%"])], f"{ANSWER}.valueQuantity.unit"),
    ("prior_injection.relief", [quantity(60, unit="%", system="http://x.org")], f"{ANSWER}.valueQuantity.system"),
    ("pain.duration", [quantity(6, unit="wk", system="http://x.org")], f"{ANSWER}.valueQuantity.system"),
    ("pain.duration", [quantity(6, unit="wk", system=[UCUM])], f"{ANSWER}.valueQuantity.system"),
    (
        "imaging.concordant",
        [{"valueBoolean": True, "modifierExtension": [{"url": "x"}]}],
        f"{ANSWER}.modifierExtension",
    ),
    ("pain.duration", [quantity(6, code="kg", system=UCUM)], f"{ANSWER}.valueQuantity.code"),
    ("pain.duration", [quantity(6, code="wk")], f"{ANSWER}.valueQuantity.system"),
    ("pain.duration", [quantity(6, code="wk", system="http://x.org")], f"{ANSWER}.valueQuantity.system"),
    ("pain.duration", [quantity(6, code="wk", system=UCUM, unit="months")], f"{ANSWER}.valueQuantity.unit"),
    ("pain.duration", [quantity(6, code=["wk"], system=UCUM)], f"{ANSWER}.valueQuantity.code"),
    ("pain.duration", [quantity("6", code="wk", system=UCUM)], f"{ANSWER}.valueQuantity.value"),
    ("pain.duration", [quantity(-6, code="wk", system=UCUM)], f"{ANSWER}.valueQuantity"),
    ("pain.duration", [quantity(True, code="wk", system=UCUM)], f"{ANSWER}.valueQuantity.value"),
    ("pain.duration", [quantity(float("nan"), code="wk", system=UCUM)], f"{ANSWER}.valueQuantity.value"),
    ("pain.duration", [quantity(10**400, code="wk", system=UCUM)], f"{ANSWER}.valueQuantity.value"),
    ("pain.duration", [quantity(6, comparator="~", code="wk", system=UCUM)], f"{ANSWER}.valueQuantity.comparator"),
    ("pain.duration", [{"valueQuantity": SECRET}], f"{ANSWER}.valueQuantity"),
    ("pain.duration", [{"valueString": "6 weeks"}], ANSWER),
    ("prior_injection.relief", [quantity(101, unit="%")], f"{ANSWER}.valueQuantity"),
    ("prior_injection.relief", [quantity(100, comparator=">", unit="%")], f"{ANSWER}.valueQuantity"),
    ("prior_injection.relief", [quantity(0.5, code="1", system=UCUM)], f"{ANSWER}.valueQuantity.code"),
    (
        "prior_injection.relief",
        [quantity(50, unit="%"), quantity(60, unit="%")],
        "QuestionnaireResponse.item[0].answer[1]",
    ),
    ("prior_injection.count_12_months", [{"valueInteger": -1}], f"{ANSWER}.valueInteger"),
    ("prior_injection.count_12_months", [{"valueInteger": 1.5}], f"{ANSWER}.valueInteger"),
    ("prior_injection.count_12_months", [{"valueInteger": True}], f"{ANSWER}.valueInteger"),
    ("pain.score", [{"valueDecimal": 11}], f"{ANSWER}.valueDecimal"),
    ("imaging.concordant", [{"valueBoolean": "true"}], f"{ANSWER}.valueBoolean"),
    ("imaging.concordant", [{"valueBoolean": 1}], f"{ANSWER}.valueBoolean"),
    ("imaging.concordant", [{}], ANSWER),
    ("imaging.concordant", [{"valueBoolean": True, "valueString": "no"}], ANSWER),
    (
        "imaging.concordant",
        [{"valueBoolean": True}, {"valueBoolean": False}],
        "QuestionnaireResponse.item[0].answer[1]",
    ),
    ("procedure.guidance", [{"valueCoding": {"code": SECRET}}], f"{ANSWER}.valueCoding"),
    (
        "procedure.guidance",
        [{"valueCoding": {"code": "ct", "system": "http://snomed.info/sct"}}],
        f"{ANSWER}.valueCoding",
    ),
    ("procedure.guidance", [{"valueCoding": {"display": "CT"}}], f"{ANSWER}.valueCoding"),
    ("procedure.guidance", [{"valueString": "ct"}], ANSWER),
    ("diagnosis.code", [{"valueString": " "}], f"{ANSWER}.valueString"),
    ("patient.name", [{"valueString": SECRET}], "QuestionnaireResponse.item[0].linkId"),
    ("procedure", [{"valueBoolean": True}], "QuestionnaireResponse.item[0].linkId"),
]


@pytest.mark.parametrize(("fact", "answers", "place"), REFUSED, ids=range(len(REFUSED)))
def test_an_answer_that_does_not_fit_is_told_by_its_place(
    fact: str, answers: list[Resource], place: str, knowledge: Knowledge
) -> None:
    with pytest.raises(ResponseError) as told:
        facts_of_response(response(item(fact, *answers)), knowledge)
    assert told.value.place == place
    assert SECRET not in str(told.value)


YES, NO = {"valueBoolean": True}, {"valueBoolean": False}
WHOLE: list[tuple[dict[str, Any], str]] = [
    ({"resourceType": "Questionnaire"}, "QuestionnaireResponse"),
    ({"status": "entered-in-error"}, "QuestionnaireResponse.status"),
    ({"status": None}, "QuestionnaireResponse.status"),
    ({"status": ["completed"]}, "QuestionnaireResponse.status"),
    ({"modifierExtension": [{"url": "x"}]}, "QuestionnaireResponse.modifierExtension"),
    ({"implicitRules": "http://x.org"}, "QuestionnaireResponse.implicitRules"),
    ({"item": {"linkId": "pain"}}, "QuestionnaireResponse.item"),
    ({"item": [SECRET]}, "QuestionnaireResponse.item[0]"),
    ({"item": [{}]}, "QuestionnaireResponse.item[0].linkId"),
    ({"item": [{"linkId": 7}]}, "QuestionnaireResponse.item[0].linkId"),
    ({"item": [{"linkId": "pain.score", "answer": [SECRET]}]}, "QuestionnaireResponse.item[0].answer[0]"),
    ({"item": [item("imaging.concordant", YES), item("imaging.concordant", YES)]}, "QuestionnaireResponse.item[1]"),
    (
        {"item": [item("imaging.concordant", YES), {"linkId": "imaging", "item": [item("imaging.concordant", NO)]}]},
        "QuestionnaireResponse.item[1].item[0]",
    ),
    (
        {"item": [item("prior_injection.same_region", NO), item("prior_injection.relief", quantity(60, unit="%"))]},
        "QuestionnaireResponse.item[1]",
    ),
    (
        {
            "item": [
                {"linkId": "imaging", "item": [item("imaging.concordant", YES | {"modifierExtension": [{"url": "x"}]})]}
            ]
        },
        "QuestionnaireResponse.item[0].item[0].answer[0].modifierExtension",
    ),
    (
        {"item": [item("imaging.concordant", YES | {"item": [item("nothing.known", YES)]})]},
        "QuestionnaireResponse.item[0].answer[0].item[0].linkId",
    ),
]


@pytest.mark.parametrize(("change", "place"), WHOLE, ids=range(len(WHOLE)))
def test_a_response_that_contradicts_itself_or_is_none_is_told_by_its_place(
    change: dict[str, Any], place: str, knowledge: Knowledge
) -> None:
    with pytest.raises(ResponseError) as told:
        facts_of_response(response() | change, knowledge)
    assert told.value.place == place
    assert SECRET not in str(told.value)


def test_items_without_end_are_told_and_break_nothing(knowledge: Knowledge) -> None:
    nested: Resource = {"linkId": "pain"}
    for _ in range(5000):
        nested = {"linkId": "pain", "item": [nested]}
    with pytest.raises(ResponseError, match="levels deep"):
        facts_of_response(response(nested), knowledge)


def test_questions_left_out_stay_unknown_and_none_is_a_no(knowledge: Knowledge) -> None:
    assert facts_of_response(response(), knowledge).facts == ()
    assert facts_of_response(response({"linkId": "imaging.concordant"}), knowledge).facts == ()


@pytest.mark.parametrize("status", ["completed", "amended", "in-progress", "stopped"])
def test_what_was_answered_so_far_counts(status: str, knowledge: Knowledge) -> None:
    (fact,) = facts_of_response(response(item("imaging.concordant", YES), status=status), knowledge).facts
    assert (fact.id, fact.value, fact.support) == ("imaging.concordant", True, "structured")


def test_an_earlier_injection_elsewhere_may_be_told_with_what_still_counts(knowledge: Knowledge) -> None:
    answered = response(item("prior_injection.same_region", NO), item("imaging.concordant", YES))
    assert len(facts_of_response(answered, knowledge).facts) == 2
