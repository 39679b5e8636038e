"""The example question, answered as its users need it."""

import re

import pytest

from rag.article.models import Answer, ClaimBasis
from rag.criteria.determination import CriterionStatus, Status
from rag.knowledge.library import Knowledge
from tests.rag.checks import assert_sound, statuses, text_of
from tests.rag.conftest import EXAMPLE, Ask

# What each policy's words lead to (repeat rule; "minimal relief" is below every threshold of relief).
EXPECTED = {
    "medicare-lcd-esi": Status.DOCUMENTATION,
    "aetna-cpb-0016": Status.DOCUMENTATION,
    "aetna-cpb-0722": Status.NOT_APPLICABLE,
    "evicore-cmm-200": Status.NOT_MET,
    "evicore-cmm-200-b": Status.DOCUMENTATION,
    "evicore-cmm-200-c": Status.DOCUMENTATION,
    "carelon-esi": Status.DOCUMENTATION,
    "bcbsma-690": Status.NOT_MET,
    "mp-303": Status.DOCUMENTATION,
    "bcbsms-l-2-01-416": Status.DOCUMENTATION,
    "uhc-esi-t0616": Status.POLICY_CHECK,
}

PARAPHRASES = [
    "is 62321 necessary after minimal CESI relief",
    "Pt with M54.12, on gabapentin, s/p CESI w/ minimal relief. Is CPT 62321 medically necessary?",
    "62321 FOR CERVICAL RADICULOPATHY M54.12, PRIOR CESI MINIMAL RELIEF, TAKES GABAPENTIN - MEDICALLY NECESSARY?",
    "My patient has M54.12 and takes gabapentin. A cervical epidural steroid injection gave only minimal relief. "
    "Would 62321 be medically necessary?",
    "Does a second injection, 62321, meet criteria in M54.12 when the first CESI brought minimal relief? "
    "She is taking gabapentin.",
    "Minimal relief from a previous cervical ESI; radiculopathy M54.12; gabapentin ongoing. "
    "Is a repeat 62321 necessary?",
    "Should CPT code 62321 be repeated for M54.12? The earlier cervical ESI helped minimally. Medication: gabapentin.",
    "Given M54.12, gabapentin, and an interlaminar CESI already done with minimal pain relief, is 62321 justified?",
    "The patient already had one cervical epidural steroid injection. Relief was minimal. Diagnosis M54.12. "
    "Currently on gabapentin. Is 62321 covered?",
    "Following minimal relief after CESI, is an interlaminar epidural (62321) medically necessary for radiculopathy "
    "M54.12 in someone taking gabapentin?",
]


def test_every_policy_on_the_code_is_decided_as_its_words_say(example: Answer) -> None:
    found = statuses(example)
    assert {policy: found[policy] for policy in EXPECTED} == {p: s.value for p, s in EXPECTED.items()}
    assert Status.MET.value not in found.values()


def test_the_headline_says_how_the_policies_divide_and_the_payer_is_asked_first(example: Answer) -> None:
    assert example.verdict is not None
    decided = [status for status in statuses(example).values() if status != "not_applicable"]
    for status, words in (("criteria_not_met", "criteria not met"), ("needs_documentation", "needs documentation")):
        assert f"{words} under {decided.count(status)}" in example.verdict.headline
    assert f"of {len(decided)} policies" in example.verdict.headline
    assert "payer" in example.follow_ups[0].lower()


def test_the_answer_is_sound(example: Answer, knowledge: Knowledge) -> None:
    assert_sound(example, knowledge)


def rows(example: Answer, policy: str) -> dict[str, CriterionStatus]:
    return {r.id: r.status for d in example.determinations if d.policy_id == policy for r in d.criteria}


def test_a_two_of_three_rule_fails_one_limb_and_leaves_two_open(example: Answer) -> None:
    found = rows(example, "aetna-cpb-0016")
    assert found["a16-esi-repeat"] is CriterionStatus.NOT_DOCUMENTED
    assert found["a16-esi-repeat.relief"] is CriterionStatus.NOT_MET
    assert found["a16-esi-repeat.function"] is CriterionStatus.NOT_DOCUMENTED
    assert found["a16-esi-repeat.less_care"] is CriterionStatus.NOT_DOCUMENTED
    (aetna,) = (d for d in example.determinations if d.policy_id == "aetna-cpb-0016")
    for change in aetna.would_change:
        facts = {step.fact for step in change.steps}
        assert "prior_injection.function_improved" in facts
        assert facts & {"prior_injection.medication_reduced", "prior_injection.other_care_reduced"}
        assert "prior_injection.relief" not in facts


def test_medicare_shows_response_function_limb_and_failed_first_path_each_with_its_source(example: Answer) -> None:
    (medicare,) = (d for d in example.determinations if d.policy_id == "medicare-lcd-esi")
    found = {r.id: r for r in medicare.criteria}
    assert found["esi-repeat-response"].status is CriterionStatus.NOT_DOCUMENTED
    assert found["esi-repeat-response.pain_limb"].status is CriterionStatus.NOT_MET
    assert found["esi-repeat-response.function_limb"].status is CriterionStatus.NOT_DOCUMENTED
    assert found["esi-repeat-after-failure"].status is CriterionStatus.NOT_DOCUMENTED
    assert found["esi-repeat-after-failure.poor_response"].status is CriterionStatus.MET
    ids = ("esi-repeat-response.pain_limb", "esi-repeat-response.function_limb", "esi-repeat-after-failure")
    assert len({found[row].source for row in ids}) == len(ids)
    said = [c for s in example.sections for c in s.claims if set(c.criteria) & set(ids) and c.citations]
    assert {row for claim in said for row in claim.criteria} >= set(ids)


def test_gabapentin_is_medication_and_no_reduction_of_it(example: Answer) -> None:
    facts = {fact.id: fact for fact in example.case.facts}
    assert facts["conservative_care.medication"].value is True
    assert facts["conservative_care.medication"].quote is not None
    assert "gabapentin" in facts["conservative_care.medication"].quote
    assert "prior_injection.medication_reduced" not in facts
    assert "not a reduction" in text_of(example, "pitfalls")


def test_cesi_is_read_as_cervical(example: Answer) -> None:
    facts = {fact.id: fact.value for fact in example.case.facts}
    assert facts["procedure.region"] == "cervical"
    assert facts.get("procedure.approach") == "interlaminar"
    assert "CESI" in text_of(example, "pitfalls")


def test_nothing_is_said_of_this_patient_that_the_question_does_not_hold(example: Answer) -> None:
    about_patient = [c for s in example.sections for c in s.claims if c.basis is ClaimBasis.CASE]
    assert about_patient
    for claim in about_patient:
        for word in ("EMG", "stenosis", "MRI", "herniation", "C6", "C7"):
            assert word not in claim.text


@pytest.mark.parametrize(
    "pattern",
    [
        r"loss of vision, stroke, paralysis",
        r"C7-T1.*preferably not above C6-C7",
        r"imaging.*shows enough epidural space",
        r"no particulate steroid",
        r"[Tt]ransforaminal.*1\.69",
        r"without a comparison group|uncontrolled",
        r"catastroph",
    ],
)
def test_safety_says_what_it_must(example: Answer, pattern: str) -> None:
    assert re.search(pattern, text_of(example, "safety"))


def test_no_society_is_credited_with_a_payers_rule(example: Answer) -> None:
    for section in example.sections:
        for claim in section.claims:
            if claim.basis is ClaimBasis.EVIDENCE and "50 %" in claim.text:
                assert re.search(r"\b(?:no|not|nothing|never|payer)", claim.text), claim.text
    assert not [r for r in example.references if r.document_id in ("acp-2017", "nice-ng59")]


def test_all_parts_of_the_article_are_there(example: Answer) -> None:
    for section in example.sections:
        assert section.claims, section.id
    assert example.limitations
    assert len(example.follow_ups) > 3
    assert "person decides" in example.disclaimer


@pytest.mark.parametrize("question", PARAPHRASES)
def test_paraphrases_give_the_same_verdict_per_policy(question: str, example: Answer, ask_about: Ask) -> None:
    assert statuses(ask_about(question)) == statuses(example)


def test_the_same_question_gives_the_same_bytes_but_for_the_timestamp(example: Answer, ask_about: Ask) -> None:
    again = ask_about(EXAMPLE).model_copy(update={"last_updated": example.last_updated})
    assert again.model_dump_json() == example.model_dump_json()
