"""What a form looks like: types, units, options, groups, names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.dtr.canonical import FormName, form_version, policy_of_form
from app.dtr.items import groups
from app.dtr.questionnaire import questionnaire
from rag.criteria.determination import Status
from rag.criteria.values import Codes
from rag.errors import UserError
from rag.knowledge.library import Knowledge
from tests.app.dtr.forms import BASE_URL, TODAY, check_form, questions

POLICY = "medicare-lcd-esi"


def medicare(knowledge: Knowledge, **missing: Any) -> dict[str, Any]:
    return questionnaire(knowledge.policies[POLICY], knowledge=knowledge, base_url=BASE_URL, on=TODAY, **missing)


@pytest.mark.parametrize(
    ("fact", "type_"),
    [
        ("imaging.concordant", "boolean"),
        ("procedure.approach", "choice"),
        ("prior_injection.relief", "quantity"),
        ("pain.duration", "quantity"),
        ("prior_injection.count_12_months", "integer"),
        ("procedure.code", "string"),
    ],
)
def test_a_question_has_the_type_of_its_fact_and_the_words_of_the_vocabulary(
    fact: str, type_: str, knowledge: Knowledge
) -> None:
    found = {question["linkId"]: question for question in questions(medicare(knowledge))}[fact]
    assert (found["type"], found["text"]) == (type_, knowledge.vocabulary.facts[fact].question)


def test_choices_are_the_options_of_the_vocabulary(knowledge: Knowledge) -> None:
    found = {question["linkId"]: question for question in questions(medicare(knowledge))}["procedure.approach"]
    codes = tuple(option["valueCoding"]["code"] for option in found["answerOption"])
    assert codes == knowledge.vocabulary.facts["procedure.approach"].choices


def test_quantities_offer_their_units_in_ucum(knowledge: Knowledge) -> None:
    found = {question["linkId"]: question for question in questions(medicare(knowledge))}
    for fact, units in (("pain.duration", ["d", "wk", "mo", "a"]), ("prior_injection.relief", ["%"])):
        codings = [extension["valueCoding"] for extension in found[fact]["extension"]]
        assert [coding["code"] for coding in codings] == units
        assert {coding["system"] for coding in codings} == {"http://unitsofmeasure.org"}


def test_only_codes_may_be_several(knowledge: Knowledge) -> None:
    several = [question["linkId"] for question in questions(medicare(knowledge)) if question.get("repeats")]
    assert several == ["procedure.code"]


def test_questions_stand_in_groups_with_the_policy_beside_them(knowledge: Knowledge) -> None:
    groups = medicare(knowledge)["item"]
    names = [group["linkId"] for group in groups]
    assert names[:3] == ["procedure", "provider", "diagnosis"] and len(set(names)) == len(names)
    assert all(item["linkId"].startswith(f"{group['linkId']}.") for group in groups for item in group["item"])
    assert {group["extension"][0]["valueUri"] for group in groups} == {knowledge.documents[POLICY].url}


def test_questions_about_an_injection_elsewhere_fall_away(knowledge: Knowledge) -> None:
    names = ("prior_injection.same_region", "prior_injection.relief", "pain.score")
    asked = [knowledge.vocabulary.facts[name] for name in names]
    items = groups(asked, link="https://example.org", base_url=BASE_URL, scopes=knowledge.vocabulary.scopes)
    found = {question["linkId"]: question.get("enableWhen") for question in questions({"item": items})}
    condition = {"question": names[0], "operator": "!=", "answerBoolean": False}
    assert found == {names[0]: None, names[1]: [condition], names[2]: None}
    check_form({"resourceType": "Questionnaire", "status": "active", "item": items})


def test_the_name_is_stable_and_the_version_is_the_policys(knowledge: Knowledge) -> None:
    form = medicare(knowledge)
    assert form["url"] == f"{BASE_URL}/v1/policies/{POLICY}/questionnaire"
    assert form["version"] == "shared-text-mid-2026"
    assert form["effectivePeriod"] == {"start": "2026-07-01"}
    assert form == medicare(knowledge)


def test_another_day_gives_another_version_under_the_same_name(knowledge: Knowledge) -> None:
    policy = knowledge.policies[POLICY]
    before = questionnaire(policy, knowledge=knowledge, base_url=BASE_URL, on=date(2026, 6, 30))
    assert before["url"] == medicare(knowledge)["url"] and before["version"] != medicare(knowledge)["version"]


def test_a_shorter_form_has_a_name_of_its_own_and_says_where_it_is_from(knowledge: Knowledge) -> None:
    whole, shorter = medicare(knowledge), medicare(knowledge, facts={})
    fewer = medicare(knowledge, facts={"procedure.code": Codes(frozenset(["62321"])), "imaging.concordant": True})
    assert len({whole["url"], shorter["url"], fewer["url"]}) == 3
    assert shorter["derivedFrom"] == fewer["derivedFrom"] == [f"{whole['url']}|{whole['version']}"]
    assert policy_of_form(f"{shorter['url']}|{shorter['version']}", knowledge) is not None


def test_where_nothing_is_missing_the_form_says_so(knowledge: Knowledge) -> None:
    form = medicare(knowledge, facts={"procedure.code": Codes(frozenset(["70551"]))})
    check_form(form)
    assert list(questions(form)) == [] and form["item"][0]["type"] == "display"


def test_a_day_without_a_version_is_told(knowledge: Knowledge) -> None:
    with pytest.raises(UserError, match=r"No version of the policy .* covers 2001-01-01"):
        questionnaire(knowledge.policies[POLICY], knowledge=knowledge, base_url=BASE_URL, on=date(2001, 1, 1))


def test_no_two_versions_of_a_policy_share_a_form_version(knowledge: Knowledge) -> None:
    for policy in knowledge.policies.values():
        names = [form_version(version) for version in policy.versions]
        assert len(set(names)) == len(names) and all(name and " " not in name for name in names)


@pytest.mark.parametrize(("behind", "written"), [("", None), ("|1850", "1850")])
def test_a_name_without_a_version_differs_from_one_with_a_version_that_is_not_known(
    behind: str, written: str | None, knowledge: Knowledge
) -> None:
    policy = knowledge.policies[POLICY]
    found = policy_of_form(f"{medicare(knowledge)['url']}{behind}", knowledge)
    assert found == FormName(policy, written, None)


@pytest.mark.parametrize("name", ["", "https://example.org/form", f"{BASE_URL}/v1/policies/none/questionnaire|1"])
def test_a_form_of_somebody_else_is_no_policys(name: str, knowledge: Knowledge) -> None:
    assert policy_of_form(name, knowledge) is None


def test_a_form_never_says_that_care_is_covered_or_denied(knowledge: Knowledge) -> None:
    words = str(medicare(knowledge)).casefold()
    assert not any(status.value in words for status in Status) and "a person does" in words
