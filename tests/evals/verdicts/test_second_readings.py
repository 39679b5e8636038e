"""What the second rater takes from the words of the policies, on patients whose cases divide them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from evals.verdicts.second_rater import SecondRater, completed, load_second_rater

TODAY = date(2026, 11, 22)

Given = Mapping[str, object]


@pytest.fixture(scope="module")
def rater() -> SecondRater:
    return load_second_rater()


@pytest.mark.parametrize(
    ("facts", "fact", "value"),
    [
        ({"procedure.code": ["62321"]}, "procedure.approach", "interlaminar"),
        ({"procedure.code": ["62323"]}, "procedure.approach", ["interlaminar", "caudal"]),
        ({"procedure.code": ["64483", "64484"]}, "procedure.approach", "transforaminal"),
        ({"procedure.code": ["64483", "62323"]}, "procedure.approach", None),
        ({"procedure.code": ["62322"]}, "procedure.guidance", "none"),
        ({"procedure.code": ["62322"], "procedure.guidance": "ct"}, "procedure.guidance", "ct"),
        ({"procedure.code": ["62321"], "diagnosis.code": ["M54.12"]}, "procedure.region", ["cervical"]),
        ({"diagnosis.code": ["M47.22"]}, "diagnosis.radiculopathy", True),
        ({"diagnosis.code": ["M47.812"]}, "diagnosis.radiculopathy", None),
        ({"diagnosis.code": ["M54.2"]}, "diagnosis.axial_pain_only", True),
        ({"diagnosis.code": ["M54.2", "M54.12"]}, "diagnosis.axial_pain_only", False),
        ({"diagnosis.code": ["M54.2"], "diagnosis.radiculopathy": True}, "diagnosis.axial_pain_only", False),
        ({"prior_injection.given": True, "prior_injection.same_region": False}, "prior_injection.given", False),
        ({"prior_injection.count_total": 2}, "prior_injection.count_6_months", "<= 2"),
        ({"prior_injection.count_total": 4}, "prior_injection.count_6_months", None),
    ],
)
def test_codes_and_words_mean_what_they_mean(rater: SecondRater, facts: Given, fact: str, value: object) -> None:
    assert completed(facts, rater.meanings).get(fact) == value


FORTY: Given = {
    "procedure.code": ["62321"], "procedure.levels": 1, "procedure.guidance": "fluoroscopy", "procedure.contrast": True,
    "diagnosis.code": ["M54.12"], "exam.concordant": True, "imaging.concordant": True, "imaging.age": "2 months",
    "conservative_care.failed": True, "conservative_care.duration": "6 weeks",
    "conservative_care.physical_therapy": True, "program.comprehensive": True, "exclusion.other_cause": False,
    "prior_injection.given": True, "prior_injection.relief": "40 %", "prior_injection.relief_duration": "3 weeks",
    "prior_injection.function_improved": True, "prior_injection.medication_reduced": True,
    "prior_injection.time_since": "2 months", "prior_injection.count_12_months": 1, "prior_injection.count_episode": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "on", "status"),
    [
        ("evicore-cmm-200", TODAY, "criteria_not_met"),
        ("evicore-cmm-200-c", TODAY, "needs_policy_check"),
        ("aetna-cpb-0016", TODAY, "needs_policy_check"),
        ("aetna-cpb-0016", date(2026, 2, 11), "not_applicable"),
        ("aetna-cpb-0722", TODAY, "not_applicable"),
        ("carelon-esi", date(2023, 4, 8), "needs_policy_check"),
        ("carelon-esi", date(2023, 4, 9), "criteria_not_met"),
        ("medicare-lcd-esi", TODAY, "needs_documentation"),
    ],
)
def test_forty_per_cent_for_three_weeks_divides_the_policies(
    rater: SecondRater, policy: str, on: date, status: str
) -> None:
    assert rater.status(policy, FORTY, on) == status


COVERED: Given = {
    **FORTY, "pain.functional_impact": True, "pain.scale_documented": True, "pain.duration": "3 months",
    "procedure.bilateral": False, "procedure.sedation": "none", "conservative_care.ongoing": True,
    "program.active_rehabilitation": True, "exclusion.infection": False, "exclusion.malignancy": False,
    "exclusion.cord_compression": False, "prior_injection.relief": "60 %",
    "prior_injection.relief_duration": "3 months", "prior_injection.time_since": "4 months",
}  # fmt: skip
ALLERGIC: Given = {"procedure.guidance": "ultrasound", "exclusion.contrast_allergy": True}
FAILED: Given = {
    "prior_injection.relief": "20 %", "prior_injection.relief_duration": "1 week",
    "prior_injection.function_improvement": "10 %", "prior_injection.different_plan": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "changed", "status"),
    [
        ("three months of relief", {}, "criteria_met"),
        ("ninety days, function not known", {"prior_injection.relief_duration": "90 days"}, "needs_documentation"),
        ("function alone", {**FAILED, "prior_injection.function_improvement": "50 %"}, "criteria_met"),
        ("failed first, changed plan", FAILED, "criteria_met"),
        ("failed first, 13 days", {**FAILED, "prior_injection.time_since": "13 days"}, "criteria_not_met"),
        ("failed first, 14 days", {**FAILED, "prior_injection.time_since": "14 days"}, "criteria_met"),
        ("failed first, same plan", {**FAILED, "prior_injection.different_plan": False}, "criteria_not_met"),
        ("failed again", {**FAILED, "prior_injection.count_total": 2}, "criteria_not_met"),
        ("four sessions", {"prior_injection.count_12_months": 4}, "criteria_not_met"),
        ("ultrasound", {"procedure.guidance": "ultrasound"}, "needs_documentation"),
        ("ultrasound in pregnancy", {"procedure.guidance": "ultrasound", "exclusion.pregnancy": True}, "criteria_met"),
        ("two interlaminar levels", {"procedure.levels": 2}, "criteria_not_met"),
        ("axial pain", {"diagnosis.axial_pain_only": True}, "not_covered"),
        ("beyond a year, nothing said", {"treatment.span": "14 months"}, "needs_documentation"),
        ("clotting disorder", {"exclusion.coagulopathy": True}, "needs_policy_check"),
    ],
)  # fmt: skip
def test_the_shared_medicare_text_is_read_as_printed(
    rater: SecondRater, name: str, changed: Given, status: str
) -> None:
    assert rater.status("medicare-lcd-esi", {**COVERED, **changed}, TODAY) == status, name


@pytest.mark.parametrize(
    ("policy", "changed", "status"),
    [
        ("medicare-lcd-l39036", {}, "criteria_met"),
        ("medicare-lcd-l36920", {}, "needs_policy_check"),
        ("medicare-lcd-l38994", {"diagnosis.lateral_disc_herniation": True}, "needs_policy_check"),
        ("medicare-lcd-l39015", {"diagnosis.lateral_disc_herniation": True}, "criteria_met"),
        ("medicare-lcd-l39036", ALLERGIC, "criteria_met"),
        ("medicare-lcd-l39240", ALLERGIC, "needs_documentation"),
        ("medicare-lcd-l33906", {"prior_injection.relief_duration": "1 month"}, "needs_policy_check"),
    ],
)  # fmt: skip
def test_each_lcd_is_rated_by_its_own_words(rater: SecondRater, policy: str, changed: Given, status: str) -> None:
    assert rater.status(policy, {**COVERED, **changed}, TODAY) == status


#: Of its texts only that of 2024 is known, in part; of the present one nothing is.
PRESENT_TEXT_NOT_KNOWN = "uhc-esi-t0616"


def test_a_record_that_says_nothing_never_passes_and_never_fails(rater: SecondRater) -> None:
    found = {policy: rater.status(policy, {}, TODAY) for policy in rater.tables}
    assert found.pop(PRESENT_TEXT_NOT_KNOWN) == "needs_policy_check"
    assert rater.status(PRESENT_TEXT_NOT_KNOWN, {}, date(2025, 6, 2)) == "needs_documentation"
    assert set(found.values()) <= {"needs_documentation", "not_applicable"}


def test_what_the_text_of_one_year_asks_for_fails_nobody_under_a_text_nobody_has(rater: SecondRater) -> None:
    two_weeks = {"procedure.code": ["62323"], "conservative_care.duration": "2 weeks"}
    days = (date(2024, 6, 30), date(2024, 7, 1), date(2025, 12, 31), date(2026, 1, 1))
    found = [rater.status(PRESENT_TEXT_NOT_KNOWN, two_weeks, day) for day in days]
    assert found == ["needs_policy_check", "criteria_not_met", "criteria_not_met", "needs_policy_check"]


@pytest.mark.parametrize(
    ("code", "status"),
    [("62321", "criteria_not_met"), ("64483", "needs_documentation")],
    ids=["interlaminar, no nerve root block", "transforaminal, purpose not stated"],
)
def test_seven_days_are_for_a_diagnostic_nerve_root_block_alone(rater: SecondRater, code: str, status: str) -> None:
    again = {"procedure.code": [code], "prior_injection.given": True, "prior_injection.time_since": "13 days"}
    assert rater.status("evicore-cmm-200-b", again, TODAY) == status
